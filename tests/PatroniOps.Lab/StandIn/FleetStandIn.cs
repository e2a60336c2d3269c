namespace PatroniOps.Lab.StandIn;

/// <summary>
/// Many clusters of three on loopback that answer as recorded ones did, over Patroni's REST API and PostgreSQL's protocol, without a Patroni
/// or a PostgreSQL. In every tenth cluster one replica has lost the WAL that it needs while Patroni calls it running.
/// </summary>
public sealed class FleetStandIn : IAsyncDisposable
{
    private const int BrokenEvery = 10;

    private readonly List<StandInCluster> clusters = [];

    private FleetStandIn()
    {
    }

    public IReadOnlyList<StandInCluster> Clusters => clusters;

    /// <summary>Listens on free ports; returns when every member can be asked.</summary>
    /// <param name="count">How many clusters.</param>
    /// <param name="time">The servers' clock.</param>
    public static FleetStandIn Start(int count, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var fleet = new FleetStandIn();
        for (var number = 1; number <= count; number++)
            fleet.clusters.Add(StandInCluster.Start(number, isBroken: number % BrokenEvery == 0, time));
        return fleet;
    }

    /// <summary>Closes every port and waits for the answers under way.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in clusters)
            await cluster.DisposeAsync();
    }
}

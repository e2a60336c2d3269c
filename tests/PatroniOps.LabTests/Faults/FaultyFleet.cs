using PatroniOps.Lab.Faults;
using PatroniOps.Lab.StandIn;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Faults;

/// <summary>Two clusters of stand-ins. Every member of the first is behind proxies, whose faults a test sets; nothing is wrong with the second.</summary>
internal sealed class FaultyFleet : IAsyncDisposable
{
    private readonly FleetStandIn fleet = FleetStandIn.Start(2, TimeProvider.System);

    public FaultyFleet()
    {
        var members = fleet.Clusters[0].Members.ToList();
        Rest = [.. members.Select(member => FaultProxy.Before(member.RestPort))];
        Sql = [.. members.Select(member => FaultProxy.Before(member.PostgresPort))];
        for (var i = 0; i < members.Count; i++)
            fleet.Clusters[0].Advertise(i, Rest[i].Port, Sql[i].Port);
    }

    /// <summary>Before the Patroni of members a, b and c; a is the leader.</summary>
    public IReadOnlyList<FaultProxy> Rest { get; }

    /// <summary>Before their PostgreSQL.</summary>
    public IReadOnlyList<FaultProxy> Sql { get; }

    private IEnumerable<FaultProxy> All => [.. Rest, .. Sql];

    /// <summary>A session that is not connected. Scripts find $seeds, one address of each cluster, and $observer.</summary>
    public ModuleSession Open() => ModuleSession.Open(fleet);

    /// <summary>A session with $clusters, both connected.</summary>
    public ModuleSession Connect(string more = "-Timeout 3")
    {
        var session = Open();
        session.Run<object>($"$clusters = $seeds | ForEach-Object {{ Connect-PatroniCluster -Uri $_ -PostgresCredential $observer {more} }}");
        return session;
    }

    /// <summary>Waits until nobody holds a connection to any proxy.</summary>
    public Task NothingIsLeftOpenAsync() => Eventually.Read(TimeSpan.FromSeconds(60), () => All.Sum(proxy => proxy.Open), open => open == 0);

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in All)
            await proxy.DisposeAsync();
        await fleet.DisposeAsync();
    }
}

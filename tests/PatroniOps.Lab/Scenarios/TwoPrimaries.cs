namespace PatroniOps.Lab.Scenarios;

/// <summary>The old leader's Patroni was killed, and its PostgreSQL goes on taking writes beside the new leader.</summary>
public sealed class TwoPrimaries : IScenario
{
    public string Name => "two-primaries";

    public string Description => "the old leader's Patroni is gone, and its PostgreSQL goes on taking writes";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (old, next) = await Partition.SplitAsync(cluster, cancellationToken);
        return new ScenarioResult(next.Name, old.Name, $"Patroni of {old.Name} was killed, {next.Name} leads, and PostgreSQL of {old.Name} still takes writes.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        cluster.Member(broken.Member).Start();
        await Healing.RebuildAsync(cluster, cluster.Member(broken.Member), cancellationToken);
    }
}

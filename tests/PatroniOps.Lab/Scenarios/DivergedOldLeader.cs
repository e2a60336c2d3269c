namespace PatroniOps.Lab.Scenarios;

/// <summary>An old leader wrote rows that nobody else has, and came back as a replica (use_pg_rewind off).</summary>
public sealed class DivergedOldLeader : IScenario
{
    public string Name => "diverged-old-leader";

    public string Description => "an old leader with rows that nobody else has comes back as a replica";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (old, next) = await Partition.SplitAsync(cluster, cancellationToken);
        old.Start();
        await Absence.IsReplicaAsync(cluster, old, cancellationToken);
        return new ScenarioResult(next.Name, old.Name, $"{old.Name} wrote 500 rows after {next.Name} had become leader, and came back as a replica.");
    }
}

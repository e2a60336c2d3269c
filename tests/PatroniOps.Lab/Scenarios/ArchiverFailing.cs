namespace PatroniOps.Lab.Scenarios;

/// <summary>archive_command fails, and WAL piles up on the leader.</summary>
public sealed class ArchiverFailing : IScenario
{
    public string Name => "archiver-failing";

    public string Description => "archive_command fails";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        ArchiveFiles.Directory(cluster);
        await ArchiveFiles.SetCommandAsync(leader, "false", cancellationToken);
        await leader.ExecuteAsync(WalPressure.FillSegment, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"archive_command of {leader.Name} fails.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await ArchiveFiles.SetCommandAsync(cluster.Member(broken.Leader), null, cancellationToken);
        await Healing.ArchivedAsync(cluster, cluster.Member(broken.Leader), cancellationToken);
    }
}

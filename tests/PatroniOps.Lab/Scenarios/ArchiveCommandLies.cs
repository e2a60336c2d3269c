namespace PatroniOps.Lab.Scenarios;

/// <summary>archive_command exits 0 and copies nothing.</summary>
public sealed class ArchiveCommandLies : IScenario
{
    public string Name => "archive-command-lies";

    public string Description => "archive_command answers success without copying";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        ArchiveFiles.Directory(cluster);
        await ArchiveFiles.SetCommandAsync(leader, "true", cancellationToken);
        await leader.ExecuteAsync(WalPressure.FillSegment, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"archive_command of {leader.Name} answers success and copies nothing.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await ArchiveFiles.SetCommandAsync(cluster.Member(broken.Leader), null, cancellationToken);
        await Healing.ArchivedAsync(cluster, cluster.Member(broken.Leader), cancellationToken);
    }
}

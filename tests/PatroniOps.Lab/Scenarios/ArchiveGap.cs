namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica needs WAL that only the archive has, and one segment is missing there.</summary>
public sealed class ArchiveGap : IScenario
{
    public string Name => "archive-gap";

    public string Description => "the WAL that a replica needs is only in the archive, which has a gap";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        var archive = ArchiveFiles.Directory(cluster);
        var needed = await ShortAbsence.LoseWalAsync(cluster, leader, victim, cancellationToken);
        var gap = WalPressure.After(needed, 3);
        await ArchiveFiles.WaitAsync(cluster, gap, cancellationToken);
        File.Move(Path.Combine(archive, gap), Path.Combine(archive, $"{gap}.lost"));
        await ShortAbsence.ReturnAsync(cluster, leader, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} needs WAL from {needed} on, which only the archive has, and {gap} is missing there.");
    }
}

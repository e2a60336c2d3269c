namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica needs WAL that the archive has, and has no restore_command to ask for it.</summary>
public sealed class RestoreCommandMissing : IScenario
{
    public string Name => "restore-command-missing";

    public string Description => "the archive has what a replica needs, which has no restore_command";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        ArchiveFiles.Directory(cluster);
        var needed = await ShortAbsence.LoseWalAsync(cluster, leader, victim, cancellationToken);
        await ArchiveFiles.ReplaceRestoreCommandAsync(victim, _ => null, cancellationToken);
        await ShortAbsence.ReturnAsync(cluster, leader, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} needs WAL from {needed} on, which only the archive has, and has no restore_command.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await ArchiveFiles.RestoreRestoreCommandAsync(cluster.Member(broken.Member), cancellationToken);
        await cluster.Member(broken.Member).Rest.SendAsync(HttpMethod.Post, "/reload", null, cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

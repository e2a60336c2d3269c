namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica gets the WAL that it missed from a slow but complete archive.</summary>
public sealed class CatchingUp : IScenario
{
    public string Name => "catching-up-from-archive";

    public string Description => "a replica catches up from a slow archive; heals by itself";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        ArchiveFiles.Directory(cluster);
        var needed = await ShortAbsence.LoseWalAsync(cluster, leader, victim, cancellationToken);
        await ArchiveFiles.ReplaceRestoreCommandAsync(victim, line => line.Replace("cp ", "sleep 1; cp ", StringComparison.Ordinal), cancellationToken);
        await ShortAbsence.ReturnAsync(cluster, leader, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} needs WAL from {needed} on and gets it from the archive, one segment a second.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await ArchiveFiles.RestoreRestoreCommandAsync(cluster.Member(broken.Member), cancellationToken);
        await cluster.Member(broken.Member).Rest.SendAsync(HttpMethod.Post, "/reload", null, cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

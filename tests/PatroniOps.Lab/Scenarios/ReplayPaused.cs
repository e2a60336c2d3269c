namespace PatroniOps.Lab.Scenarios;

/// <summary>Replay was paused by hand in maintenance mode (otherwise Patroni resumes it).</summary>
public sealed class ReplayPaused : IScenario
{
    public string Name => "replay-paused";

    public string Description => "replay was paused by hand during maintenance";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await Pause.BeginAsync(cluster, leader, cancellationToken);
        await victim.ExecuteAsync("SELECT pg_wal_replay_pause()", cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"The cluster is paused, and so is replay on {victim.Name}.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await cluster.Member(broken.Member).ExecuteAsync("SELECT pg_wal_replay_resume()", cancellationToken);
        await Pause.EndAsync(cluster.Member(broken.Leader), cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

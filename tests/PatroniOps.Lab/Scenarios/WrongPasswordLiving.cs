namespace PatroniOps.Lab.Scenarios;

/// <summary>The replication password was changed on the leader, and every stream that is open lives on: nothing can be seen yet.</summary>
public sealed class WrongPasswordLiving : IScenario
{
    public string Name => "wrong-password-living";

    public string Description => "the replication password was changed on the leader only, and the streams live on";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await WrongPassword.ChangeAsync(cluster, leader, cancellationToken);
        await leader.ExecuteAsync("INSERT INTO lab.canary (note) SELECT 'after the change' FROM generate_series(1, 100)", cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"The replication password was changed on {leader.Name}; no stream has ended since.");
    }

    public Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        WrongPassword.RestoreAsync(cluster, cluster.Member(broken.Leader), cancellationToken);
}

namespace PatroniOps.Lab.Scenarios;

/// <summary>The replication password was changed on the leader only; a replica that reconnects is refused.</summary>
public sealed class WrongPassword : IScenario
{
    public string Name => "wrong-password";

    public string Description => "the replication password was changed on the leader only";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await leader.ExecuteAsync($"ALTER ROLE {cluster.Connection.Credentials.Replication.Username} PASSWORD 'another'", cancellationToken);
        await ShortAbsence.CutAsync(leader, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"The replication password was changed on {leader.Name}, and {victim.Name} has lost its stream.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        var login = cluster.Connection.Credentials.Replication;
        await cluster.Member(broken.Leader).ExecuteAsync($"ALTER ROLE {login.Username} PASSWORD '{login.Password}'", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

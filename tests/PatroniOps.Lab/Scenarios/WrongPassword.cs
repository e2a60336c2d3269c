namespace PatroniOps.Lab.Scenarios;

/// <summary>The replication password was changed on the leader only; a replica that reconnects is refused.</summary>
public sealed class WrongPassword : IScenario
{
    public string Name => "wrong-password";

    public string Description => "the replication password was changed on the leader only";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await ChangeAsync(cluster, leader, cancellationToken);
        await ShortAbsence.CutAsync(leader, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"The replication password was changed on {leader.Name}, and {victim.Name} has lost its stream.");
    }

    public Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        RestoreAsync(cluster, cluster.Member(broken.Leader), cancellationToken);

    /// <summary>Changes it on the leader; the members go on with the old one.</summary>
    internal static Task ChangeAsync(LabCluster cluster, LabMember leader, CancellationToken cancellationToken) =>
        leader.ExecuteAsync($"ALTER ROLE {cluster.Connection.Credentials.Replication.Username} PASSWORD 'another'", cancellationToken);

    /// <summary>Sets it back and waits until all is well.</summary>
    internal static async Task RestoreAsync(LabCluster cluster, LabMember leader, CancellationToken cancellationToken)
    {
        var login = cluster.Connection.Credentials.Replication;
        await leader.ExecuteAsync($"ALTER ROLE {login.Username} PASSWORD '{login.Password}'", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

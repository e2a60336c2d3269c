namespace PatroniOps.Lab.Scenarios;

/// <summary>Patroni of one replica was killed long ago; its PostgreSQL streams, and the member has left the list.</summary>
public sealed class PatroniDown : IScenario
{
    public string Name => "patroni-down";

    public string Description => "Patroni of a replica is gone from the list, its PostgreSQL streams";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await victim.KillPatroniAsync(cancellationToken);
        await Absence.ForgottenAsync(cluster, leader, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"Patroni of {victim.Name} was killed, and its key has expired; its PostgreSQL runs.");
    }

    public Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        Healing.StartAsync(cluster, cancellationToken);
}

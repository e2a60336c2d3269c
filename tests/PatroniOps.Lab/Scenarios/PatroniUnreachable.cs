namespace PatroniOps.Lab.Scenarios;

/// <summary>Patroni of one replica was killed; its PostgreSQL streams, and its key has not expired yet.</summary>
public sealed class PatroniUnreachable : IScenario
{
    public string Name => "patroni-unreachable";

    public string Description => "Patroni of a replica has just been killed, its PostgreSQL streams";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await victim.KillPatroniAsync(cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"Patroni of {victim.Name} was killed a moment ago; its PostgreSQL runs.");
    }

    public Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        Healing.StartAsync(cluster, cancellationToken);
}

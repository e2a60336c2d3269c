namespace PatroniOps.Lab.Scenarios;

/// <summary>Clients write all the time; nothing is broken.</summary>
public sealed class Busy : IScenario
{
    private const string Client = "busy";

    private const string Writes =
        """
        DO $$ BEGIN LOOP INSERT INTO lab.canary (note) SELECT repeat('x', 200) FROM generate_series(1, 20); COMMIT; PERFORM pg_sleep(0.01); END LOOP; END $$
        """;

    public string Name => "busy";

    public string Description => "clients write all the time; nothing is broken";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await Background.SqlAsync(cluster, Client, leader, Writes, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"A client commits on {leader.Name} about a hundred times a second.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await Background.EndAsync(cluster, Client, cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

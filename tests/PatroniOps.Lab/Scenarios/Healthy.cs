namespace PatroniOps.Lab.Scenarios;

/// <summary>Nothing is broken.</summary>
public sealed class Healthy : IScenario
{
    public string Name => "healthy";

    public string Description => "nothing is broken, and nothing is written";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, "Nothing was done.");
    }

    public Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        Healing.HealthyAsync(cluster, cancellationToken);
}

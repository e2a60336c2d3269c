namespace PatroniOps.Lab.Scenarios;

/// <summary>The cluster is in maintenance mode.</summary>
public sealed class Paused : IScenario
{
    public string Name => "paused";

    public string Description => "the cluster is in maintenance mode";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await Pause.BeginAsync(cluster, leader, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, "The cluster is paused.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await Pause.EndAsync(cluster.Member(broken.Leader), cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

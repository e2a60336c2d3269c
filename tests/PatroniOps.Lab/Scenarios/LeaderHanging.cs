using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>The leader's Patroni hangs for less than the ttl; its PostgreSQL works.</summary>
public sealed class LeaderHanging : IScenario
{
    public string Name => "leader-rest-hanging";

    public string Description => "the leader's Patroni hangs, its PostgreSQL works; there is a failover if that lasts beyond the ttl";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        leader.Patroni?.Signal(LabSignal.Stop);
        return new ScenarioResult(leader.Name, victim.Name, $"Patroni of the leader {leader.Name} hangs.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        cluster.Member(broken.Leader).Patroni?.Signal(LabSignal.Continue);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

namespace PatroniOps.Lab.Scenarios;

/// <summary>A member has been away for longer than the ttl: it left the list, and its slot is dropped.</summary>
public sealed class MemberAbsent : IScenario
{
    public string Name => "member-absent";

    public string Description => "a member has left the list, and its slot is dropped";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await Absence.BeginAsync(cluster, leader, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} is away, and {leader.Name} has dropped its slot.");
    }

    public Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        Healing.StartAsync(cluster, cancellationToken);
}

namespace PatroniOps.Lab.Scenarios;

/// <summary>A whole member went away a moment ago; its key has not expired yet.</summary>
public sealed class MemberDown : IScenario
{
    public string Name => "member-down";

    public string Description => "a whole member is down and still listed";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await victim.KillPatroniAsync(cancellationToken);
        if (victim.Postmaster is { } postmaster)
            await postmaster.EndAsync(Processes.LabSignal.Quit, TimeSpan.FromSeconds(10), cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} went down a moment ago.");
    }

    public Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        Healing.StartAsync(cluster, cancellationToken);
}

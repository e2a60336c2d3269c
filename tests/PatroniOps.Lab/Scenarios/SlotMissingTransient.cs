namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica comes back after its slot was dropped; all WAL is still there, so it heals by itself within seconds.</summary>
public sealed class SlotMissingTransient : IScenario
{
    public string Name => "slot-missing-transient";

    public string Description => "a replica returns and its slot is not there yet; heals by itself within seconds";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await Absence.BeginAsync(cluster, leader, victim, cancellationToken);
        await Absence.EndAsync(cluster, victim, cancellationToken);
        return new ScenarioResult(
            leader.Name,
            victim.Name,
            $"{victim.Name} was away until {leader.Name} had dropped its slot {victim.SlotName}, and has just come back. No WAL is missing.");
    }
}

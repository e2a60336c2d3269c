namespace PatroniOps.Lab.Scenarios;

/// <summary>A further member was added whose name becomes the slot name of one that is there: both want the same slot.</summary>
public sealed class SlotNameCollision : IScenario
{
    public string Name => "slot-name-collision";

    public string Description => "the names of two members become one slot name";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, neighbour) = await Absence.ChooseAsync(cluster, cancellationToken);
        await ExtraMember.StartAsync(cluster, neighbour.SlotName, cancellationToken);
        return new ScenarioResult(leader.Name, neighbour.SlotName, $"{neighbour.SlotName} was added beside {neighbour.Name}, which holds the slot {neighbour.SlotName}.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await ExtraMember.RemoveAsync(cluster, broken.Member, cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}

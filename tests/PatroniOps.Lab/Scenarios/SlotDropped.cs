namespace PatroniOps.Lab.Scenarios;

/// <summary>Somebody dropped the slot by hand while its replica was cut off; Patroni 3.0 remembers it and never makes it again.</summary>
public sealed class SlotDropped : IScenario
{
    public string Name => "slot-dropped";

    public string Description => "a slot was dropped by hand, and Patroni 3.0 never makes it again";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        var postmaster = victim.Postmaster ?? throw new LabException($"{victim.Name} does not run.");
        // The postmaster starts no new receiver meanwhile.
        postmaster.Signal(Processes.LabSignal.Stop);
        await ShortAbsence.CutAsync(leader, victim, cancellationToken);
        await ShortAbsence.DropSlotAsync(leader, victim, cancellationToken);
        postmaster.Signal(Processes.LabSignal.Continue);
        return new ScenarioResult(leader.Name, victim.Name, $"Slot {victim.SlotName} was dropped on {leader.Name} by hand. All WAL is still there.");
    }

    public Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default) =>
        Healing.SlotsAsync(cluster, cluster.Member(broken.Leader), cancellationToken);
}

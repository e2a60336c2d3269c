using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.Chaos.Faults;

/// <summary>Somebody drops a replica's slot by hand; Patroni 3.0 remembers it and never makes it again.</summary>
internal sealed class SlotDroppedByHand : IFault
{
    public string Name => "drop-slot";

    public string Description => "the member's slot is dropped by hand";

    public bool MayHitLeader => false;

    public bool TakesSlot => true;

    public IReadOnlyList<string> Causes => ["SlotMissing"];

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        var postmaster = site.Victim.Postmaster ?? throw new LabException($"{site.Victim.Name} does not run.");
        // A slot that a new leader's Patroni has not looked at yet it would make again.
        await Task.Delay(3 * site.Lab.Options.LoopWait, cancellationToken);
        // The postmaster starts no new receiver meanwhile.
        postmaster.Signal(LabSignal.Stop);
        await ShortAbsence.CutAsync(site.Leader, site.Victim, cancellationToken);
        await ShortAbsence.DropSlotAsync(site.Leader, site.Victim, cancellationToken);
        postmaster.Signal(LabSignal.Continue);
    }

    // That is the module's.
    public Task HealAsync(FaultSite site, CancellationToken cancellationToken) => Task.CompletedTask;
}

namespace PatroniOps.Chaos.Operators;

/// <summary>What the repairing job told.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Finding: what it has found; Plan: what it is about to do; Repair: what it has done; Error: what was refused or failed.</param>
/// <param name="Member">On whom.</param>
/// <param name="What">The finding's id, the method, or the cmdlet that failed.</param>
/// <param name="Text">Why, or how it went.</param>
internal sealed record RepairEvent(DateTimeOffset At, string Kind, string Member, string What, string Text)
{
    /// <summary>A slot was made.</summary>
    public bool MakesSlot => Kind == "Repair" && What is "RecreateSlot" or "SlotCreate" or "SlotRecreate";

    /// <summary>A repair that is needed only when the member cannot get on by itself.</summary>
    public bool MovesData => Kind == "Repair" && What is "RestoreWal" or "BaseBackup" or "Rewind" or "DeltaRestore" or "Reinitialize";
}

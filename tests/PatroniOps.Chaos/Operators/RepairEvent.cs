namespace PatroniOps.Chaos.Operators;

/// <summary>What the repairing job told.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Plan: what it is about to do; Repair: what it has done; Error: what was refused or failed.</param>
/// <param name="Member">On whom.</param>
/// <param name="What">The method, or the cmdlet that failed.</param>
/// <param name="Text">Why, or how it went.</param>
internal sealed record RepairEvent(DateTimeOffset At, string Kind, string Member, string What, string Text);

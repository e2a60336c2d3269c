using PatroniOps.Diagnosis;
using PatroniOps.Postgres;

namespace PatroniOps.Slots;

/// <summary>A slot that is not as it should be, what repairs it, and, once that was done, what was seen of it.</summary>
public sealed record SlotRepair
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>The node that has the slot, or should have it.</summary>
    public required string Member { get; init; }

    public required string SlotName { get; init; }

    /// <summary>The member that it is for; null when it is no member's.</summary>
    public string? ForMember { get; init; }

    public SlotRepairKind Kind { get; init; }

    public SlotRepairAction Action { get; init; }

    /// <summary>True: its member streams again. False: it does not, whatever becomes of the slot. Null: that cannot be told, or nobody waits for it.</summary>
    public bool? DoesItHelp { get; init; }

    /// <summary>What is the case, what it holds, and what the repair does not bring back.</summary>
    public required string Reason { get; init; }

    /// <summary>The SQL that the action runs on the node, or the change of the configuration; null when nothing is done.</summary>
    public string? Command { get; init; }

    /// <summary>What is needed besides; null when nothing is.</summary>
    public string? NextCommand { get; init; }

    /// <summary>Bytes of WAL that it kept before the repair; null when not known or when it keeps none.</summary>
    public long? RetainedBytes { get; init; }

    /// <summary>The action was taken and its effect seen.</summary>
    public bool IsDone { get; init; }

    /// <summary>After the repair: whether its member streams through it.</summary>
    public bool? IsActive { get; init; }

    /// <summary>After the repair: where the WAL that it keeps begins.</summary>
    public Lsn? RestartLsn { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Dropping what nobody asked to be made anew needs to be asked for.</summary>
    public bool NeedsForce => Kind is SlotRepairKind.Orphan or SlotRepairKind.Misplaced && Action == SlotRepairAction.Drop;

    public override string ToString() => $"{Kind} {SlotName} on {Member}: {Action}";
}

using PatroniOps.Diagnosis;

namespace PatroniOps.Recovery.Planning;

/// <summary>All ways back for one replica, ranked.</summary>
public sealed record ReplicaRecoveryPlan
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    /// <summary>What is the case.</summary>
    public WalAvailabilityStatus Status { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>No good copy exists besides the leader's; null when that cannot be told.</summary>
    public bool? IsSoleCopy { get; init; }

    /// <summary>What is to be done before anything else; null when nothing is.</summary>
    public string? First { get; init; }

    /// <summary>What Repair-PatroniReplica does when no method is named; null: nothing without being told.</summary>
    public RecoveryMethod? Choice { get; init; }

    /// <summary>Why this one, or why none.</summary>
    public required string ChoiceReason { get; init; }

    /// <summary>Whether the choice can be undone; null without a choice.</summary>
    public bool? IsUndoable { get; init; }

    public IReadOnlyList<RecoveryOption> Options { get; init; } = [];

    /// <summary>The next command to run.</summary>
    public string? NextCommand { get; init; }
}

using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Observing;

/// <summary>One slot on one node: what is there beside what should be.</summary>
public sealed record PatroniSlot
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>The node that has it or should have it.</summary>
    public required string Member { get; init; }

    public required string SlotName { get; init; }

    public PatroniSlotStatus Status { get; init; }

    /// <summary>Why it is wanted; null when no rule wants it or the rules could not be applied.</summary>
    public SlotReason? ExpectedBecause { get; init; }

    /// <summary>The member that it serves.</summary>
    public string? ForMember { get; init; }

    /// <summary>That member is meant to stream through it now; an inactive slot with false here is normal on Patroni 4.</summary>
    public bool ShouldBeActive { get; init; }

    /// <summary><c>physical</c> or <c>logical</c>.</summary>
    public string? SlotType { get; init; }

    public bool? IsActive { get; init; }

    public Lsn? RestartLsn { get; init; }

    /// <summary>Bytes from restart_lsn to the node's position; null when either is not known.</summary>
    public long? RetainedBytes { get; init; }

    /// <summary>PostgreSQL 13 and later.</summary>
    public string? WalStatus { get; init; }

    /// <summary>Bytes; null without a limit.</summary>
    public long? SafeWalSize { get; init; }

    /// <summary>PostgreSQL 17 and later.</summary>
    public DateTimeOffset? InactiveSince { get; init; }

    /// <summary>Why the state is unknown.</summary>
    public string? Unknown { get; init; }
}

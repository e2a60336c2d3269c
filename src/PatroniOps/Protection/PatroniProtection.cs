using PatroniOps.Diagnosis;

namespace PatroniOps.Protection;

/// <summary>Whether a member may go down for a time and come back without a rebuild, and what keeps its WAL meanwhile.</summary>
public sealed record PatroniProtection
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    /// <summary>The slot that is permanent for the time.</summary>
    public required string SlotName { get; init; }

    /// <summary>When it is to be let go. Nothing does so by itself: Unprotect-PatroniMember -Expired does, and every call about protections.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Bytes of WAL that the slot may keep before it is let go; null without a limit.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>Bytes that are written in that time at the measured rate; null when the rate tells nothing.</summary>
    public long? NeededBytes { get; init; }

    /// <summary>Bytes that the slot keeps now; null when not known.</summary>
    public long? RetainedBytes { get; init; }

    /// <summary>True: it holds for the time, as far as can be foreseen. False: it does not. Null: something of it is not known, or nothing was asked.</summary>
    public bool? IsGo { get; init; }

    /// <summary>The slot is in the cluster's configuration, seen by the leader, and there.</summary>
    public bool IsProtected { get; init; }

    /// <summary>What is in the way or not known; or what holds.</summary>
    public required string Reason { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>The call that lets it go.</summary>
    public string? NextCommand { get; init; }
}

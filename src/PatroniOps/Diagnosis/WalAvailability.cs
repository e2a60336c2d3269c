using PatroniOps.Postgres;

namespace PatroniOps.Diagnosis;

/// <summary>What one replica needs next and who still has it.</summary>
public sealed record WalAvailability
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    public WalAvailabilityStatus Status { get; init; }

    /// <summary>True only if the member will recover without help; null when that cannot be told.</summary>
    public bool? IsAvailable { get; init; }

    /// <summary>The node that it is to stream from.</summary>
    public string? Upstream { get; init; }

    /// <summary>The position from which it needs WAL: max(receive, replay).</summary>
    public Lsn? NeededLsn { get; init; }

    /// <summary>The timeline under whose name the needed segment is found.</summary>
    public uint? NeededTimeline { get; init; }

    /// <summary>The first segment that it needs.</summary>
    public string? NeededSegment { get; init; }

    /// <summary>The first needed segment that neither its upstream nor an archive has; null when there is none or it is not known.</summary>
    public string? FirstMissingSegment { get; init; }

    /// <summary>Bytes of whole segments that neither its upstream nor an archive has; null when not known.</summary>
    public long? MissingBytes { get; init; }

    /// <summary>Bytes between the leader's position and the needed one; negative when the member is ahead.</summary>
    public long? LagBytes { get; init; }

    /// <summary>Who has which part of what is needed.</summary>
    public IReadOnlyList<WalSource> Sources { get; init; } = [];

    /// <summary>The slot on the upstream that is meant for it.</summary>
    public string? SlotName { get; init; }

    /// <summary>The slot exists and its restart_lsn is not ahead of what is needed; null when not known.</summary>
    public bool? IsSlotProtecting { get; init; }

    /// <summary>The member is known, but has left /cluster.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>How long it has been absent, as far as was seen.</summary>
    public TimeSpan? AbsentFor { get; init; }

    /// <summary>The time until the WAL that it needs may be gone, at the measured rate; zero: from the next checkpoint on; null: not limited or not known, <see cref="HeldBy"/> says which.</summary>
    public TimeSpan? HeldFor { get; init; }

    /// <summary>What keeps the WAL for it, and until when.</summary>
    public string? HeldBy { get; init; }

    /// <summary>One sentence: what is the case and why.</summary>
    public required string Reason { get; init; }

    /// <summary>The next command to run; null when nothing needs to be done.</summary>
    public string? NextCommand { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What the replication protocol answered, when it was asked (-Probe).</summary>
    public WalProbeResult? Probe { get; init; }
}

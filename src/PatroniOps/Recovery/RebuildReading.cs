using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery;

/// <summary>One look at a member that is being rebuilt.</summary>
internal sealed record RebuildReading
{
    public required MemberSnapshot Replica { get; init; }

    public required ReplicaLink Link { get; init; }

    /// <summary>Patroni's state and what the stream does.</summary>
    public required string Phase { get; init; }

    /// <summary>Bytes or position differ from the last look.</summary>
    public bool HasMoved { get; init; }

    public bool IsStreaming { get; init; }

    public bool IsSlotActive { get; init; }

    public long? Lag { get; init; }

    public DateTimeOffset? PostmasterStart { get; init; }

    public required RebuildProgress Progress { get; init; }
}

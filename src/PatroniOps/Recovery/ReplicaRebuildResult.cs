using PatroniOps.Postgres;

namespace PatroniOps.Recovery;

/// <summary>A finished rebuild: the member streams on the leader's timeline, its slot is active, its lag falls.</summary>
public sealed record ReplicaRebuildResult
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    public ReplicaRebuildMethod Method { get; init; }

    /// <summary>The journal of the run.</summary>
    public required string JournalId { get; init; }

    /// <summary>Where the old data is kept; null when it is not.</summary>
    public string? OldDirectory { get; init; }

    /// <summary>Where the old data was packed; null when it was not.</summary>
    public string? OldArchive { get; init; }

    /// <summary>Whether the old data can be put back.</summary>
    public bool IsUndoable { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }

    public uint? Timeline { get; init; }

    /// <summary>Bytes behind the leader at the end.</summary>
    public long? LagBytes { get; init; }

    public Lsn? Lsn { get; init; }

    public required string SlotName { get; init; }

    /// <summary>What happened, in order.</summary>
    public required IReadOnlyList<RebuildStep> Steps { get; init; }
}

/// <summary>One observed step.</summary>
/// <param name="After">Since the beginning.</param>
/// <param name="Text">What was seen.</param>
public sealed record RebuildStep(TimeSpan After, string Text)
{
    public override string ToString() => $"{After.TotalSeconds,6:0.0} s  {Text}";
}

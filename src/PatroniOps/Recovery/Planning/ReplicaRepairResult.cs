namespace PatroniOps.Recovery.Planning;

/// <summary>A finished repair: the member streams.</summary>
public sealed record ReplicaRepairResult
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    public RecoveryMethod Method { get; init; }

    /// <summary>Whether Undo-ReplicaRebuild can take it back.</summary>
    public bool IsUndoable { get; init; }

    /// <summary>The journal of a rebuild in steps; null when the method keeps none.</summary>
    public string? JournalId { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Bytes of WAL that were brought; null when the method brings none.</summary>
    public long? BytesMoved { get; init; }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<RebuildStep> Steps { get; init; } = [];
}

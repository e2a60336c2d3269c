using PatroniOps.Postgres;

namespace PatroniOps.Recovery;

/// <summary>A finished rescue: the missing WAL was brought and the member streams again.</summary>
public sealed record ReplicaWalRestoreResult
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The segments that were placed, in order.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>Bytes read from sources, also what was only compared.</summary>
    public long BytesMoved { get; init; }

    /// <summary>The members and archives that the segments came from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The folder on the node with the files whose names were taken; null when there were none. Nothing removes it.</summary>
    public string? KeptPath { get; init; }

    public uint? Timeline { get; init; }

    public Lsn? Lsn { get; init; }

    /// <summary>Bytes behind the leader at the end.</summary>
    public long? LagBytes { get; init; }

    /// <summary>What happened, in order.</summary>
    public required IReadOnlyList<RebuildStep> Steps { get; init; }
}

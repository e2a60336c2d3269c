namespace PatroniOps.Recovery.StandaloneBackups;

/// <summary>A base backup that was made and verified: every file agrees with its manifest, and its WAL can be read.</summary>
public sealed record PatroniBaseBackup
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>The member that it is a copy of.</summary>
    public required string Source { get; init; }

    /// <summary>The machine that it lies on.</summary>
    public required string NodeName { get; init; }

    public required string Path { get; init; }

    /// <summary>On disk, tablespaces included.</summary>
    public long Bytes { get; init; }

    /// <summary>PostgreSQL's system identifier, as text.</summary>
    public required string SystemIdentifier { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }
}

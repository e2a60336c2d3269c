using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>What is known of a cluster before its archive is looked at. All of it may be unknown.</summary>
public sealed record WalArchiveQuestion
{
    public Guid ConnectionId { get; init; }

    /// <summary>The cluster's name.</summary>
    public string? Cluster { get; init; }

    /// <summary>The database cluster whose WAL it must be, as text.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>Bytes a segment; null: the archive's own segments tell.</summary>
    public long? SegmentSize { get; init; }

    /// <summary>The line of descent as the cluster tells it.</summary>
    public TimelineHistory? History { get; init; }

    /// <summary>The cluster's write position.</summary>
    public Lsn? CurrentLsn { get; init; }

    /// <summary>A gap is not called a loss before what lies behind it has been there for so long.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(1);
}

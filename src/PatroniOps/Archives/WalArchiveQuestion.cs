using PatroniOps.Postgres;
using PatroniOps.Snapshots;

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

    /// <summary>The losses that are known.</summary>
    public IReadOnlyList<WalArchiveGapApproval> Approvals { get; init; } = [];

    /// <summary>A gap is not called a loss before what lies behind it has been there for so long.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The same with what a cluster tells of its archive.</summary>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="systemIdentifier">As the connection knows it; null when it does not.</param>
    public WalArchiveQuestion With(ClusterSnapshot snapshot, string? systemIdentifier) => this with
    {
        ConnectionId = snapshot.ConnectionId,
        Cluster = snapshot.Cluster,
        SystemIdentifier = SystemIdentifier ?? systemIdentifier ?? snapshot.SystemIdentifier,
        SegmentSize = snapshot.Members.Select(m => m.Postgres.State.Value?.WalSegmentSize).FirstOrDefault(s => s is { } size && WalSegment.IsValidSize(size)),
        // Patroni's history tells nothing of the timeline that it leads to.
        History = snapshot.Leader?.Timeline is { } current && snapshot.History.Value is { } switches ? new TimelineHistory(current, switches) : null,
        CurrentLsn = snapshot.LeaderLsnAfter ?? snapshot.Leader?.Position,
    };
}

using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Observing;

/// <summary>The end of one timeline: a failover, a switchover or a recovery.</summary>
public sealed record PatroniHistoryEntry
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>The timeline that ended.</summary>
    public uint Timeline { get; init; }

    /// <summary>Where it ended.</summary>
    public Lsn Lsn { get; init; }

    /// <summary>PostgreSQL's text.</summary>
    public string? Reason { get; init; }

    /// <summary>When, where Patroni recorded it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who became leader, where Patroni recorded it.</summary>
    public string? NewLeader { get; init; }

    /// <summary>Oldest first; empty when no timeline has ended, or when the history was not read, which is an error of its own.</summary>
    public static IEnumerable<PatroniHistoryEntry> FromSnapshot(ClusterSnapshot snapshot) => (snapshot.History.Value ?? []).Select(s => new PatroniHistoryEntry
    {
        ConnectionId = snapshot.ConnectionId,
        Cluster = snapshot.Cluster,
        Timeline = s.Timeline,
        Lsn = s.Position,
        Reason = s.Reason,
        At = s.At,
        NewLeader = s.NewLeader,
    });
}

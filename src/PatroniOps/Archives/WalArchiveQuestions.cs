using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Archives;

/// <summary>Takes out of a snapshot what a cluster tells of its archive.</summary>
public static class WalArchiveQuestions
{
    /// <param name="snapshot">The cluster.</param>
    /// <param name="systemIdentifier">As the connection knows it; null when it does not.</param>
    /// <param name="gracePeriod">For gaps at the live end.</param>
    public static WalArchiveQuestion Of(ClusterSnapshot snapshot, string? systemIdentifier, TimeSpan gracePeriod) => new()
    {
        ConnectionId = snapshot.ConnectionId,
        Cluster = snapshot.Cluster,
        SystemIdentifier = systemIdentifier
            ?? snapshot.Members.Select(m => m.Patroni.Value?.SystemIdentifier ?? m.Postgres.Control.Value?.SystemIdentifier).FirstOrDefault(id => id is not null),
        SegmentSize = snapshot.Members.Select(m => m.Postgres.State.Value?.WalSegmentSize).FirstOrDefault(s => s is { } size && WalSegment.IsValidSize(size)),
        // Patroni's history tells nothing of the timeline that it leads to.
        History = snapshot.Leader?.Timeline is { } current && snapshot.History.Value is { } switches ? new TimelineHistory(current, switches) : null,
        CurrentLsn = snapshot.LeaderLsnAfter ?? snapshot.Leader?.Position,
        GracePeriod = gracePeriod,
    };
}

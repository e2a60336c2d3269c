using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Reporting;

/// <summary>Which place holds which WAL, where each replica stands, and what no place gives it. Pure.</summary>
/// <param name="Rows">The leader, the other members, the archives.</param>
/// <param name="First">The first segment number of the picture.</param>
/// <param name="Last">The last one: the leader's.</param>
/// <param name="Tip">The leader's position.</param>
/// <param name="SegmentSize">Bytes a segment.</param>
internal sealed record WalCoverage(IReadOnlyList<WalCoverageRow> Rows, ulong First, ulong Last, Lsn Tip, long SegmentSize)
{
    // A picture of a year of archive would show nothing of the present.
    private const ulong MostSegments = 400;

    /// <summary>Null when not even the leader's position is known.</summary>
    public static WalCoverage? Of(ClusterSnapshot snapshot)
    {
        if (snapshot.Leader is not { Timeline: { } timeline } leader || (snapshot.LeaderLsnAfter ?? leader.Position) is not { } tip)
            return null;
        var size = snapshot.WalSegmentSize;
        var history = new TimelineHistory(timeline, snapshot.History.Value ?? []);
        var rows = new List<WalCoverageRow>();
        foreach (var member in snapshot.Members.OrderByDescending(m => m.IsLeader))
            rows.Add(new WalCoverageRow(member.Name, member.IsLeader ? "leader's pg_wal" : "pg_wal", TrustedWal.Of(member, history, size), member.Position ?? member.Remembered?.LastPosition,
                Missing(member, tip, history, snapshot), member.Postgres.Wal.Reason ?? (member.Position is null ? "Its position was not read." : null)));
        rows.AddRange(snapshot.Archives.Select(a => new WalCoverageRow(a.Location, "archive", a.Ranges.Value, null, [], a.Ranges.Reason)));
        var last = WalSegment.Holding(tip, timeline, size).Number;
        var starts = rows.Where(r => r.Kind != "archive").SelectMany(r => (r.Ranges ?? []).Select(x => x.First).Concat(r.Missing.Select(x => x.First))
            .Append(r.Position is { } p ? WalSegment.Holding(p, timeline, size).Number : last));
        var first = starts.Append(last).Min();
        return new WalCoverage(rows, last - first > MostSegments ? last - MostSegments : first, last, tip, size);
    }

    private static IReadOnlyList<WalRange> Missing(MemberSnapshot member, Lsn tip, TimelineHistory history, ClusterSnapshot snapshot)
    {
        var link = ReplicaLink.Of(member, snapshot);
        if (member.IsLeader || ReplicationCheck.IsStreaming(link, snapshot) == true || member.Position is not { } position || position > tip)
            return [];
        var need = WalNeed.Of(link, position, tip, history, snapshot);
        return need.IsUpstreamRead ? [.. need.NotByItself.Ranges] : [];
    }
}

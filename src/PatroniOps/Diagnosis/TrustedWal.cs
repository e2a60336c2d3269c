using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>
/// Which of the names in a member's pg_wal stand for WAL. Recycled files carry names ahead of time, so on its own timeline a name counts
/// only up to the member's position, on an older one only up to where that was left, and on one it does not follow never.
/// </summary>
internal static class TrustedWal
{
    /// <summary>Null when listing, position or timeline was not read.</summary>
    public static IReadOnlyList<WalRange>? Of(MemberSnapshot member, TimelineHistory history, long segmentSize)
    {
        if (member.Postgres.Wal.Value is not { } listing || member.Position is not { } position || member.Timeline is not { } timeline)
            return null;
        var trusted = new List<WalRange>();
        foreach (var range in listing.Ranges)
        {
            var end = range.Timeline == timeline ? position : range.Timeline < timeline ? history.EndOf(range.Timeline) : null;
            if (end is not { Value: > 0 } limit)
                continue;
            var last = Math.Min(range.Last, (limit.Value - 1) / (ulong)segmentSize);
            if (last >= range.First)
                trusted.Add(range with { Last = last });
        }
        return trusted;
    }
}

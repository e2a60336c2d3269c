using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Rewinds;

/// <summary>The WAL that a member and its leader have written since their histories parted: pg_rewind reads the one and fetches the other.</summary>
internal static class ParallelWal
{
    /// <summary>Bytes; null when the point is not known.</summary>
    public static long? Bytes(string member, ClusterSnapshot snapshot)
    {
        if (snapshot.Members.FirstOrDefault(m => m.Name == member) is not { Timeline: { } own, Position: { } position } || snapshot.Leader?.Timeline is not { } timeline)
            return null;
        if (snapshot.LeaderLsnAfter is not { } tip || snapshot.History.Value is not { } switches)
            return null;
        // One that names the leader's timeline already has parted where the one before it ended, or later.
        var history = new TimelineHistory(timeline, switches);
        if ((history.EndOf(own) ?? (own == timeline && history.Switches is [.., var last] ? last.Position : null)) is not { } fork)
            return null;
        return Math.Max(0, position - fork) + Math.Max(0, tip - fork);
    }
}

using PatroniOps.Snapshots;

namespace PatroniOps.Watching;

/// <summary>
/// What a snapshot could not read of what the findings on one member, or on the cluster, rest on. A finding that is not there although nobody could
/// look has not gone: only what was also unread when it was last seen may be unread when it is called closed.
/// </summary>
internal static class Unread
{
    /// <param name="snapshot">The look.</param>
    /// <param name="member">The member; null: the cluster, which rests on everything.</param>
    public static HashSet<string> Of(ClusterSnapshot snapshot, string? member)
    {
        var unread = new HashSet<string>(StringComparer.Ordinal);
        Add(unread, "cluster list", snapshot.View);
        Add(unread, "configuration", snapshot.Configuration);
        Add(unread, "history", snapshot.History);
        foreach (var archive in snapshot.Archives)
            Add(unread, archive.Location, archive.Ranges);
        if (snapshot.Leader is not { } leader)
            unread.Add("leader");
        else
            Add(unread, "leader", leader);
        foreach (var other in snapshot.Members.Where(m => !m.IsLeader && (member is null ? !m.IsAbsent : m.Name == member)))
            Add(unread, other.Name, other);
        return unread;
    }

    private static void Add(HashSet<string> unread, string who, MemberSnapshot member)
    {
        var sql = member.Postgres;
        Add(unread, $"{who} REST", member.Patroni);
        Add(unread, $"{who} SQL", sql.State);
        // One silence is one thing: a server that was down when the finding was seen and is up now is read better, part by part.
        Add(unread, $"{who} senders", sql.Senders);
        Add(unread, $"{who} receivers", sql.Receivers);
        Add(unread, $"{who} slots", sql.Slots);
        Add(unread, $"{who} pg_wal", sql.Wal);
        Add(unread, $"{who} archiver", sql.Archiver);
        Add(unread, $"{who} archive queue", sql.ArchiveQueue);
        Add(unread, $"{who} settings", sql.Settings);
        Add(unread, $"{who} activity", sql.Backends);
        Add(unread, $"{who} collations", sql.Collations);
        if (member.Position is null)
            unread.Add($"{who} position");
    }

    private static void Add<T>(HashSet<string> unread, string what, Reading<T> reading) where T : class
    {
        if (!reading.IsKnown)
            unread.Add(what);
    }
}

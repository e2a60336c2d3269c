using PatroniOps.Archives;
using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Retention;

/// <summary>
/// How far back the archive reaches without a gap, on the leader's timeline. What its retention deletes is not known from here: the reach of
/// today is what it holds at least, as long as that retention stays as it is.
/// </summary>
internal sealed class ArchiveRetention(ClusterSnapshot snapshot, WalRate rate)
{
    private const WalRetentionSourceKind Kind = WalRetentionSourceKind.Archive;

    public WalRetentionSource Source()
    {
        if (snapshot.Leader is not { } leader || leader.Postgres.Settings.Value?.IsArchiving is not { } isArchiving)
            return RetentionSources.Unknown(Kind, $"Whether WAL is archived was not read: {snapshot.Leader?.Postgres.Settings.Reason ?? "the leader's archive_mode is not known."}");
        if (!isArchiving)
            return None("archive_mode is off: nothing is archived.");
        var replicas = snapshot.Members.Where(m => !m.IsLeader && !m.IsAbsent).ToList();
        if (replicas.Where(m => m.Postgres.Settings.Value?.RestoreCommand is { } command && command.Trim().Length == 0).Select(m => m.Name).ToList() is { Count: > 0 } without)
            return None($"{string.Join(", ", without)} cannot use it: restore_command is empty.");
        if (replicas.FirstOrDefault(m => m.Postgres.Settings.Value?.RestoreCommand is null) is { } unread)
            return RetentionSources.Unknown(Kind, $"restore_command was not read on {unread.Name}: {unread.Postgres.Settings.Reason}");
        if (snapshot.Archives.Count == 0)
            return RetentionSources.Unknown(Kind, "WAL is archived, but the archive was not looked into. Connect-PatroniCluster -ArchivePath names it.");
        if (leader.Timeline is not { } timeline || snapshot.LeaderLsnAfter is not { } position)
            return RetentionSources.Unknown(Kind, "The leader's timeline or position was not read.");
        return snapshot.Archives.Select(a => Reach(a, timeline, position)).MaxBy(s => s.Bytes ?? -1)!;
    }

    private WalRetentionSource Reach(ArchiveSnapshot archive, uint timeline, Lsn position)
    {
        if (archive.Ranges.Value is not { } ranges)
            return RetentionSources.Unknown(Kind, archive.Ranges.Reason ?? "The archive was not read.");
        if (ranges.Where(r => r.Timeline == timeline).MaxBy(r => r.Last) is not { } newest)
            return None($"{archive.Location} has no segment of the leader's timeline {timeline}.");
        var size = snapshot.WalSegmentSize;
        var first = new WalSegment(timeline, newest.First, size);
        var missing = position - new WalSegment(timeline, newest.Last, size).End;
        // The segment that is being written is not archived yet; more than that, and the archiver is behind.
        var behind = missing > size ? $" It is {Words.Bytes(missing)} behind the leader." : "";
        var bytes = Math.Max(0, position - first.Start);
        return new WalRetentionSource
        {
            Source = Kind,
            Bytes = bytes,
            SurvivableFor = rate.TimeFor(bytes),
            IsLowerBound = true,
            Detail = $"{archive.Location} reaches back {Words.Bytes(bytes)} without a gap, to {first.Name}.{behind} What its retention will delete is not known.",
            Unknown = rate.Useless,
        };
    }

    private static WalRetentionSource None(string detail) => new() { Source = Kind, Bytes = 0, SurvivableFor = TimeSpan.Zero, Detail = detail };
}

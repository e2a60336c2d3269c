using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Observing;

/// <summary>Makes one member's <see cref="WalArchiveStatus"/> from what was read of it. Pure.</summary>
internal sealed class WalArchiveReading(MemberSnapshot member, ClusterSnapshot snapshot, Thresholds thresholds)
{
    private readonly ServerSettings? settings = member.Postgres.Settings.Value;
    private readonly ArchiverRow? archiver = member.Postgres.Archiver.Value;
    private readonly ArchiveQueue? queue = member.Postgres.ArchiveQueue.Value;
    private readonly bool? isInRecovery = member.Postgres.State.Value?.IsInRecovery;
    private readonly DateTimeOffset now = member.Postgres.State.Value?.ServerTime ?? snapshot.TakenAt;

    public WalArchiveStatus Status(MemberSnapshot? earlier)
    {
        var (state, detail) = Judge();
        var (archived, lag) = state is WalArchivingState.Off or WalArchivingState.Standby ? (null, null) : Lag();
        return new WalArchiveStatus
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Member = member.Name,
            IsLeader = member.IsLeader,
            State = state,
            Detail = detail,
            Mode = settings?.Values.GetValueOrDefault("archive_mode"),
            Command = settings?.Values.GetValueOrDefault("archive_command"),
            Library = settings?.Values.GetValueOrDefault("archive_library"),
            Timeout = settings?.Number("archive_timeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ArchivedCount = archiver?.ArchivedCount,
            FailedCount = archiver?.FailedCount,
            StatsReset = archiver?.StatsReset,
            ArchivedPerHour = PerHour(earlier, row => row.ArchivedCount),
            FailedPerHour = PerHour(earlier, row => row.FailedCount),
            LastArchivedWal = archiver?.LastArchivedWal,
            LastArchivedAt = archiver?.LastArchivedAt,
            LastArchivedAge = now - archiver?.LastArchivedAt,
            LastFailedWal = archiver?.LastFailedWal,
            LastFailedAt = archiver?.LastFailedAt,
            LastFailedAge = now - archiver?.LastFailedAt,
            ReadyCount = queue?.ReadyCount,
            OldestReadyAge = now - queue?.OldestReadyAt,
            ReadyBytes = queue?.SegmentCount * snapshot.WalSegmentSize,
            Lsn = member.Position,
            ArchivedLsn = archived,
            LagBytes = lag,
            LagSegments = lag / snapshot.WalSegmentSize,
            Lag = lag is null ? null : lag == 0 ? TimeSpan.Zero : now - archiver?.LastArchivedAt,
            Unknown = [.. new[] { member.Postgres.State.Reason, member.Postgres.Settings.Reason, member.Postgres.Archiver.Reason, member.Postgres.ArchiveQueue.Reason }.OfType<string>().Distinct()],
        };
    }

    private (WalArchivingState State, string Detail) Judge()
    {
        if (settings?.IsArchiving is not { } isOn)
            return (WalArchivingState.Unknown, member.Postgres.Settings.Reason ?? "archive_mode was not read.");
        if (!isOn)
            return (WalArchivingState.Off, "archive_mode is off: nothing is archived.");
        if (isInRecovery is null)
            return (WalArchivingState.Unknown, member.Postgres.State.Reason ?? "Whether it is in recovery was not read.");
        if (isInRecovery == true && settings.Values["archive_mode"] != "always")
            return (WalArchivingState.Standby, "archive_mode is on: it archives when it leads.");
        if (HasNoWay())
            return (WalArchivingState.NotConfigured, "archive_mode is on, and archive_command is empty: WAL piles up in pg_wal.");
        if (archiver is null)
            return (WalArchivingState.Unknown, member.Postgres.Archiver.Reason ?? "pg_stat_archiver was not read.");
        return Condition(ArchiverCondition.Of(member, archiver, snapshot, thresholds));
    }

    // A setting that the role may not see is absent, and then it is not known to be empty.
    private bool HasNoWay() => settings!.Values.TryGetValue("archive_command", out var command) && command.Trim() is "" or "(disabled)"
        && settings.Values.GetValueOrDefault("archive_library", "").Length == 0;

    private (WalArchivingState State, string Detail) Condition(ArchiverCondition condition)
    {
        var waits = queue?.ReadyCount is { } count ? $"{count} wait{(condition.OldestReady is { } age ? $", the oldest for {Words.Duration(age)}" : "")}" : "how many wait is not known";
        if (condition.IsFailing)
            return (WalArchivingState.Failing, $"{archiver!.LastFailedWal} failed at {archiver.LastFailedAt:u}; {waits}. The reason is in PostgreSQL's log.");
        if (condition.Severity is not null)
            return (WalArchivingState.Stuck, $"Nothing fails and nothing goes on: {waits}. archive_command hangs, or is too slow.");
        return queue?.ReadyCount is null
            ? (WalArchivingState.Unknown, $"Nothing has failed, but {waits}: {member.Postgres.ArchiveQueue.Reason ?? "archive_status was not read."}")
            : (WalArchivingState.Archiving, $"The last was {archiver!.LastArchivedWal ?? "none"}; {waits}.");
    }

    private (Lsn? Archived, long? Bytes) Lag()
    {
        if (member.Position is not { } position)
            return (null, null);
        var archived = Archived(position);
        return (archived, archived is { } end ? Math.Max(0, position - end) : null);
    }

    // Segments are archived in their order. With nothing waiting, all before the one that is being written are; else all before the one that fails, or
    // up to the last one that did not. The name of a history or of a label tells nothing.
    private Lsn? Archived(Lsn position)
    {
        var size = snapshot.WalSegmentSize;
        if (queue?.ReadyCount == 0 && archiver?.LastArchivedWal is not null)
            return new Lsn(position.Value / (ulong)size * (ulong)size);
        if (archiver?.LastFailedAt > (archiver?.LastArchivedAt ?? DateTimeOffset.MinValue) && WalSegment.TryParse(archiver?.LastFailedWal, size, out var failing))
            return failing.Start;
        return WalSegment.TryParse(archiver?.LastArchivedWal, size, out var last) ? last.End : null;
    }

    private double? PerHour(MemberSnapshot? earlier, Func<ArchiverRow, long?> count)
    {
        if (archiver is null || count(archiver) is not { } total)
            return null;
        if (earlier?.Postgres is { Archiver.Value: { } before, State.Value.ServerTime: { } then } && count(before) is { } less && total >= less && before.StatsReset == archiver.StatsReset && now > then)
            return (total - less) / (now - then).TotalHours;
        return archiver.StatsReset is { } reset && now > reset ? total / (now - reset).TotalHours : null;
    }
}

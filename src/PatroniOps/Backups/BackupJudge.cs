using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Backups;

/// <summary>What can be said of a backup without restoring it. Pure.</summary>
public static class BackupJudge
{
    /// <param name="backup">The backup.</param>
    /// <param name="reach">How far its archive reaches; unknown with the reason.</param>
    /// <param name="maximumAge">The oldest that it may be; null: not asked.</param>
    /// <param name="now">The time.</param>
    public static PatroniBackupTest Judge(PatroniBackup backup, Reading<BackupReach> reach, TimeSpan? maximumAge, DateTimeOffset now) => new()
    {
        Kind = backup.Kind,
        Repository = backup.Repository,
        Stanza = backup.Stanza,
        Label = backup.Label,
        Type = backup.Type,
        BackupStartedAt = backup.StartedAt,
        TestedAt = now,
        OldestReachable = reach.Value?.IsConsistent == true ? backup.StopLsn : null,
        NewestReachable = reach.Value?.IsConsistent == true ? reach.Value.End : null,
        Checks = [Complete(backup), .. maximumAge is { } limit ? (BackupCheck[])[Age(backup, limit, now)] : [], Consistent(backup, reach), Onward(reach)],
    };

    /// <summary>The recovery window of a repository against what is wanted.</summary>
    /// <param name="backups">All its backups of one database cluster, with their reach.</param>
    /// <param name="retention">How far back one wants to be able to go.</param>
    /// <param name="now">The time.</param>
    public static BackupCheck Window(IReadOnlyList<(PatroniBackup Backup, Reading<BackupReach> Reach)> backups, TimeSpan retention, DateTimeOffset now)
    {
        const string name = "recovery window";
        var unread = backups.FirstOrDefault(b => b.Reach.Value?.IsConsistent is null);
        var whole = backups.Where(b => b is { Backup.Status: BackupStatus.Complete, Reach.Value: { IsConsistent: true } }).Where(b => b.Backup.StoppedAt is not null).OrderBy(b => b.Backup.StoppedAt).ToList();
        // From the oldest one without a gap behind it every later moment can be reached.
        if (whole.FirstOrDefault(b => b.Reach.Value!.Missing is null).Backup is not { } first)
            return new(name, unread.Backup is null ? BackupCheckOutcome.Failed : BackupCheckOutcome.Unknown,
                unread.Backup is null ? "from no backup all later WAL is there" : unread.Reach.Reason ?? $"{unread.Backup.Label} does not say where it ends");
        var broken = whole.Where(b => b.Backup.StoppedAt < first.StoppedAt).Select(b => $"{b.Backup.Label} only up to {b.Reach.Value!.End}").ToList();
        var reaches = $"every moment since {first.StoppedAt:u} ({first.Label}){(broken.Count > 0 ? $"; before that {string.Join(", ", broken)}" : "")}";
        return new(name, now - first.StoppedAt >= retention ? BackupCheckOutcome.Passed : BackupCheckOutcome.Failed, $"{reaches}; {Words.Duration(retention)} are wanted");
    }

    private static BackupCheck Complete(PatroniBackup backup)
    {
        const string name = "complete by its tool's word";
        return backup.Status switch
        {
            BackupStatus.Complete => new(name, BackupCheckOutcome.Passed, $"{backup.Kind} calls it complete"),
            BackupStatus.Unknown => new(name, BackupCheckOutcome.Unknown, "nothing says so: it has no manifest, which is written last"),
            BackupStatus.Damaged => new(name, BackupCheckOutcome.Failed, $"{backup.Kind} saw pages with wrong checksums when it made it"),
            _ => new(name, BackupCheckOutcome.Failed, $"{backup.Kind} calls it {backup.Status}"),
        };
    }

    private static BackupCheck Age(PatroniBackup backup, TimeSpan limit, DateTimeOffset now)
    {
        const string name = "age";
        return backup.StartedAt is not { } started
            ? new(name, BackupCheckOutcome.Unknown, "when it was begun is not told")
            : new(name, now - started <= limit ? BackupCheckOutcome.Passed : BackupCheckOutcome.Failed, $"{Words.Duration(now - started)} old, at most {Words.Duration(limit)} wanted");
    }

    private static BackupCheck Consistent(PatroniBackup backup, Reading<BackupReach> reach)
    {
        const string name = "WAL from its start to its stop";
        return reach.Value is not { } known ? new(name, BackupCheckOutcome.Unknown, reach.Reason ?? "the archive was not read")
            : known.IsConsistent switch
            {
                true => new(name, BackupCheckOutcome.Passed, $"{backup.StartSegment ?? $"{backup.StartLsn}"} to {backup.StopSegment ?? $"{backup.StopLsn}"}"),
                false => new(name, BackupCheckOutcome.Failed, $"{known.Missing} is missing: it cannot be made consistent"),
                null => new(name, BackupCheckOutcome.Unknown, "where it ends is not told"),
            };
    }

    private static BackupCheck Onward(Reading<BackupReach> reach)
    {
        const string name = "WAL from there on";
        return reach.Value is not { } known ? new(name, BackupCheckOutcome.Unknown, reach.Reason ?? "the archive was not read")
            : known.Missing is { } missing
                ? new(name, BackupCheckOutcome.Failed, $"{missing} is missing: recovery ends {(known.End is { } end ? $"at {end}" : "before it begins")}, the archive goes on to {known.ArchiveEnd?.ToString() ?? "nowhere"}")
                : new(name, BackupCheckOutcome.Passed, $"without a gap to {known.End}");
    }
}

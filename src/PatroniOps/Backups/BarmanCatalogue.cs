using System.Globalization;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>Barman's catalogue: <c>SERVER/base/ID/backup.info</c>.</summary>
/// <remarks>Source: Barman, barman/infofile.py (BackupInfo).</remarks>
internal static class BarmanCatalogue
{
    /// <param name="text">The file.</param>
    /// <param name="repository">The server's directory in Barman's home.</param>
    /// <param name="label">The backup's folder.</param>
    /// <exception cref="PatroniOpsException">It is not what Barman writes.</exception>
    public static PatroniBackup Parse(string text, string repository, string label)
    {
        var values = text.Split('\n').Select(line => line.Split('=', 2)).Where(p => p.Length == 2 && p[1].Trim() != "None")
            .GroupBy(p => p[0].Trim(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last()[1].Trim(), StringComparer.Ordinal);
        if (!values.TryGetValue("status", out var status))
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{repository}: backup.info of {label} is not what Barman writes.");
        return new PatroniBackup
        {
            Kind = BackupKind.Barman,
            Repository = repository,
            Stanza = values.GetValueOrDefault("server_name"),
            Label = label,
            Type = values.ContainsKey("parent_backup_id") ? BackupType.Incremental : BackupType.Full,
            Status = status switch
            {
                "DONE" => BackupStatus.Complete,
                "FAILED" => BackupStatus.Failed,
                "EMPTY" or "STARTED" or "WAITING_FOR_WALS" => BackupStatus.Running,
                _ => BackupStatus.Unknown,
            },
            StartedAt = Instant(values.GetValueOrDefault("begin_time")),
            StoppedAt = Instant(values.GetValueOrDefault("end_time")),
            StartLsn = Position(values.GetValueOrDefault("begin_xlog")),
            StopLsn = Position(values.GetValueOrDefault("end_xlog")),
            Timeline = uint.TryParse(values.GetValueOrDefault("timeline"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeline) && timeline > 0 ? timeline : null,
            StartSegment = values.GetValueOrDefault("begin_wal"),
            StopSegment = values.GetValueOrDefault("end_wal"),
            WalSegmentSize = Integer(values.GetValueOrDefault("xlog_segment_size")),
            Bytes = Integer(values.GetValueOrDefault("size")),
            RepositoryBytes = Integer(values.GetValueOrDefault("deduplicated_size")),
            Parent = values.GetValueOrDefault("parent_backup_id"),
            SystemIdentifier = values.GetValueOrDefault("systemid"),
            PostgresVersion = Integer(values.GetValueOrDefault("version")) is { } version ? $"{version / 10000}" : null,
            Annotations = values.TryGetValue("backup_name", out var name) ? new Dictionary<string, string> { ["backup_name"] = name } : [],
        };
    }

    private static long? Integer(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static Lsn? Position(string? text) => Lsn.TryParse(text, CultureInfo.InvariantCulture, out var position) ? position : null;

    // "2026-11-23 02:47:48.617034+00:00"
    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}

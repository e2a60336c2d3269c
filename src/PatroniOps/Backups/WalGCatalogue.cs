using System.Text.Json;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>WAL-G's catalogue: <c>basebackups_005/base_SEGMENT_backup_stop_sentinel.json</c>, written last.</summary>
/// <remarks>Source: WAL-G, internal/databases/postgres/backup_sentinel_dto.go.</remarks>
internal static class WalGCatalogue
{
    /// <summary>The end of a sentinel's name.</summary>
    public const string Suffix = "_backup_stop_sentinel.json";

    /// <param name="text">The sentinel.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="label">Its name without the suffix, such as <c>base_000000010000000000000004_D_000000010000000000000002</c>.</param>
    /// <exception cref="PatroniOpsException">It is not JSON.</exception>
    public static PatroniBackup Parse(string text, string repository, string label)
    {
        try
        {
            var root = Json.Parse(text);
            var version = Json.Integer(root, "PgVersion");
            var full = Json.Text(root, "DeltaFullName");
            var parent = Json.Text(root, "DeltaFrom");
            var start = label.StartsWith("base_", StringComparison.Ordinal) && label.Length >= 29 ? label[5..29] : null;
            return new PatroniBackup
            {
                Kind = BackupKind.WalG,
                Repository = repository,
                Label = label,
                Type = parent is null ? BackupType.Full : BackupType.Incremental,
                Status = BackupStatus.Complete,
                StartedAt = Json.Instant(root, "StartTime"),
                StoppedAt = Json.Instant(root, "FinishTime"),
                StartLsn = Lsn.FromInteger(Json.Integer(root, "LSN")),
                StopLsn = Lsn.FromInteger(Json.Integer(root, "FinishLSN") ?? Json.Integer(root, "BackupFinishLSN")),
                Timeline = PatroniBackup.TimelineOf(start),
                StartSegment = start,
                Bytes = Json.Integer(root, "UncompressedSize"),
                RepositoryBytes = Json.Integer(root, "CompressedSize"),
                Parent = parent,
                Chain = parent is null ? [] : full is null || full == parent ? [parent] : [full, parent],
                SystemIdentifier = Json.Scalar(root, "SystemIdentifier"),
                PostgresVersion = version is { } number ? $"{number / 10000}" : null,
            };
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{repository}: the sentinel of {label} is not JSON: {e.Message}", e);
        }
    }
}

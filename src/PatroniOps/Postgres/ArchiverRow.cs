using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>The row of pg_stat_archiver. The last failure stays set after a success: compare the times.</summary>
public sealed record ArchiverRow
{
    public long? ArchivedCount { get; init; }

    public string? LastArchivedWal { get; init; }

    public DateTimeOffset? LastArchivedAt { get; init; }

    public long? FailedCount { get; init; }

    public string? LastFailedWal { get; init; }

    public DateTimeOffset? LastFailedAt { get; init; }

    public DateTimeOffset? StatsReset { get; init; }

    internal static string Sql => "SELECT to_jsonb(a)::text FROM pg_stat_archiver a";

    internal static ArchiverRow Parse(JsonElement row) => new()
    {
        ArchivedCount = Json.Integer(row, "archived_count"),
        LastArchivedWal = Json.Text(row, "last_archived_wal"),
        LastArchivedAt = Json.Instant(row, "last_archived_time"),
        FailedCount = Json.Integer(row, "failed_count"),
        LastFailedWal = Json.Text(row, "last_failed_wal"),
        LastFailedAt = Json.Instant(row, "last_failed_time"),
        StatsReset = Json.Instant(row, "stats_reset"),
    };
}

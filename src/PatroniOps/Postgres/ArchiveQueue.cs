using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>What waits to be archived: the <c>.ready</c> files in archive_status.</summary>
/// <param name="ReadyCount">How many files wait, history and backup files among them.</param>
/// <param name="OldestReadyAt">When the oldest was marked; null when none waits.</param>
public sealed record ArchiveQueue(long? ReadyCount, DateTimeOffset? OldestReadyAt)
{
    /// <summary>How many of them are whole segments; null when it was not read.</summary>
    public long? SegmentCount { get; init; }

    internal static string Sql =>
        """
        SELECT jsonb_build_object('ready', count(*), 'oldest', min(modification), 'segments', count(*) FILTER (WHERE name ~ '^[0-9A-F]{24}\.ready$'))::text
        FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'
        """;

    internal static ArchiveQueue Parse(JsonElement row) => new(Json.Integer(row, "ready"), Json.Instant(row, "oldest")) { SegmentCount = Json.Integer(row, "segments") };
}

using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>The segments that wait to be archived: the <c>.ready</c> files in archive_status.</summary>
/// <param name="ReadyCount">How many wait.</param>
/// <param name="OldestReadyAt">When the oldest was marked; null when none waits.</param>
public sealed record ArchiveQueue(long? ReadyCount, DateTimeOffset? OldestReadyAt)
{
    internal static string Sql =>
        "SELECT jsonb_build_object('ready', count(*), 'oldest', min(modification))::text FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'";

    internal static ArchiveQueue Parse(JsonElement row) => new(Json.Integer(row, "ready"), Json.Instant(row, "oldest"));
}

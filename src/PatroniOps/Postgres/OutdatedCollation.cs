using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>A database whose text was sorted by another version of the library than the node has now.</summary>
/// <param name="Database">Its name.</param>
/// <param name="Recorded">The version under which the database was made or last refreshed (pg_database.datcollversion).</param>
/// <param name="Actual">The version that the node has.</param>
public sealed record OutdatedCollation(string Database, string Recorded, string Actual)
{
    internal static OutdatedCollation? Parse(JsonElement row) =>
        Json.Text(row, "database") is { } database && Json.Text(row, "recorded") is { } recorded && Json.Text(row, "actual") is { } actual
            ? new OutdatedCollation(database, recorded, actual)
            : null;
}

using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>
/// The segment names in a pg_wal directory, folded into runs. The names lie: recycled files already carry future or stale ones, so
/// a name counts only at or below the server's position on its timeline.
/// </summary>
/// <param name="Ranges">Runs of segment names.</param>
/// <param name="FileCount">All files in the directory.</param>
/// <param name="Bytes">All bytes in the directory; null when the server did not say.</param>
public sealed record WalListing(IReadOnlyList<WalRange> Ranges, long FileCount, long? Bytes)
{
    internal static string Sql => "SELECT jsonb_build_object('names', coalesce(jsonb_agg(name), '[]'), 'bytes', coalesce(sum(size), 0))::text FROM pg_ls_waldir()";

    internal static WalListing Parse(JsonElement row, long segmentSize)
    {
        var names = Json.Items(row, "names").Select(Json.Text).OfType<string>().ToList();
        return new WalListing(WalRange.FromNames(names, segmentSize), names.Count, Json.Integer(row, "bytes"));
    }
}

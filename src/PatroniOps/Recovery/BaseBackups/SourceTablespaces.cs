using PatroniOps.Connections;
using PatroniOps.Patroni;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>The tablespaces of a server that is copied, and where pg_basebackup puts them.</summary>
internal static class SourceTablespaces
{
    private const string Sql =
        "SELECT coalesce(jsonb_object_agg(oid, pg_tablespace_location(oid)), '{}')::text FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')";

    /// <summary>Their places by object id.</summary>
    /// <exception cref="PatroniOpsException">They were not read.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(PatroniConnection connection, string host, int port, CancellationToken cancellationToken)
    {
        var result = await connection.Postgres.QueryAsync(host, port, _ => [Sql], cancellationToken).ConfigureAwait(false);
        return result[0].Document is { } row ? Json.Scalars(row)
            : throw result[0].Failure ?? new PatroniOpsException(FailureKind.InvalidAnswer, $"{host}:{port}: the tablespaces were not read.");
    }

    /// <summary>pg_basebackup's arguments for one of them.</summary>
    public static IReadOnlyList<string> Map(string location, string target) => ["-T", $"{Escape(location)}={Escape(target)}"];

    private static string Escape(string path) => path.Replace("=", "\\=", StringComparison.Ordinal);
}

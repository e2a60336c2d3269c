using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery;

/// <summary>The size of all databases of a server.</summary>
internal static class DatabaseSize
{
    private const string Sql = "SELECT jsonb_build_object('bytes', (SELECT sum(pg_database_size(oid)) FROM pg_database))::text";

    /// <summary>Bytes; null when it was not read.</summary>
    public static async Task<long?> ReadAsync(PatroniConnection connection, MemberSnapshot? member, CancellationToken cancellationToken)
    {
        if (member is not { Host: { } host, Port: { } port })
            return null;
        try
        {
            var result = await connection.Postgres.QueryAsync(host, port, _ => [Sql], cancellationToken).ConfigureAwait(false);
            return result[0].Document is { } row ? Json.Integer(row, "bytes") : null;
        }
        catch (PatroniOpsException)
        {
            // Whoever needs it says that it was not read.
            return null;
        }
    }
}

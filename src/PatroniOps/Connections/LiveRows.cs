using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Connections;

/// <summary>Counts rows on a cluster's leader, as the observing role.</summary>
public static class LiveRows
{
    /// <param name="connection">The cluster.</param>
    /// <param name="table">The table, with or without its schema, in the connection's database.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when the leader does not answer, or the role may not read the table.</returns>
    public static async Task<long?> CountAsync(PatroniConnection connection, string table, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        if (snapshot.Leader is not { Host: { } host, Port: { } port })
            return null;
        try
        {
            var result = await connection.Postgres.QueryAsync(
                host, port, _ => [$"SELECT jsonb_build_object('rows', count(*))::text FROM {SqlName.Quote(table)}"], cancellationToken).ConfigureAwait(false);
            return result[0].Document is { } row ? Json.Integer(row, "rows") : null;
        }
        catch (PatroniOpsException)
        {
            return null;
        }
    }
}

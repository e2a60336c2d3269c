using System.Data;
using Npgsql;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>A set of queries to one server, each of which gives one row of one JSON text.</summary>
/// <param name="pool">The server.</param>
/// <param name="address">Its address, for a person.</param>
/// <param name="options">How it is talked to.</param>
/// <param name="queries">The queries, for the server's version.</param>
internal sealed class PostgresQuestion(ServerPool pool, string address, PostgresOptions options, Func<int, IReadOnlyList<string>> queries)
{
    // A row is read as it comes: what the server calls its length is not taken into memory before.
    private const CommandBehavior Reading = CommandBehavior.SequentialAccess;
    private const int LongestRow = 64 << 20;

    /// <summary>The server has sent more than is read; leaving it aside may take until the limit.</summary>
    public PatroniOpsException? TooMuch { get; private set; }

    /// <summary>For each query its document or the failure, in order.</summary>
    public async Task<IReadOnlyList<QueryResult>> AskAsync(CancellationToken cancellationToken) =>
        await AskAsync(isLast: false, cancellationToken).ConfigureAwait(false) ?? (await AskAsync(isLast: true, cancellationToken).ConfigureAwait(false))!;

    // Null when the connection was broken and another one may do: a pooled one does not notice that its server was restarted.
    private async Task<IReadOnlyList<QueryResult>?> AskAsync(bool isLast, CancellationToken cancellationToken)
    {
        var connection = await pool.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var sql = queries(VersionNumber(connection.PostgreSqlVersion));
            try
            {
                return await TogetherAsync(connection, sql, cancellationToken).ConfigureAwait(false)
                    ?? await OneByOneAsync(connection, sql, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException e) when (!isLast && IsBroken(e))
            {
                pool.Renew();
                return null;
            }
        }
    }

    // Null when one of the queries fails: then each is asked alone.
    private async Task<IReadOnlyList<QueryResult>?> TogetherAsync(NpgsqlConnection connection, IReadOnlyList<string> sql, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var query in sql)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(query));
            try
            {
                var results = new List<QueryResult>(sql.Count);
                var reader = await batch.ExecuteReaderAsync(Reading, cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    do
                        results.Add(await RowAsync(reader, cancellationToken).ConfigureAwait(false));
                    while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
                }
                return results.Count == sql.Count ? results : throw NotPostgres($"{results.Count} answers came to {sql.Count} queries");
            }
            catch (PostgresException e) when (e.SqlState[..2] is not ("57" or "08"))
            {
                return null;
            }
        }
    }

    private async Task<IReadOnlyList<QueryResult>> OneByOneAsync(NpgsqlConnection connection, IReadOnlyList<string> sql, CancellationToken cancellationToken)
    {
        var results = new List<QueryResult>(sql.Count);
        foreach (var query in sql)
        {
            var command = new NpgsqlCommand(query, connection);
            await using (command.ConfigureAwait(false))
            {
                try
                {
                    var reader = await command.ExecuteReaderAsync(Reading, cancellationToken).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                        results.Add(await RowAsync(reader, cancellationToken).ConfigureAwait(false));
                }
                catch (PostgresException e) when (e.SqlState[..2] is not ("57" or "08"))
                {
                    results.Add(new QueryResult(null, PostgresFailure.Explain(address, options, e)));
                }
            }
        }
        return results;
    }

    private async Task<QueryResult> RowAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            throw NotPostgres("a query gave no row");
        var text = await reader.GetStreamAsync(0, cancellationToken).ConfigureAwait(false);
        if (text.Length > LongestRow)
        {
            TooMuch = NotPostgres($"a row is {text.Length} bytes long, and at most {LongestRow >> 20} MiB are read");
            // To close the connection would pass over the row without a limit; to ask for the next one does so within it, and breaks the connection.
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            throw TooMuch;
        }
        return await QueryResult.ReadAsync(text, cancellationToken).ConfigureAwait(false);
    }

    private PatroniOpsException NotPostgres(string reason) => new(FailureKind.InvalidAnswer, $"{address}: the answer is not PostgreSQL's: {reason}.");

    private static bool IsBroken(NpgsqlException e) => e is PostgresException { SqlState: "57P01" or "57P02" } || e.InnerException is IOException or System.Net.Sockets.SocketException;

    private static int VersionNumber(Version version) => (version.Major * 10000) + Math.Max(version.Minor, 0);
}

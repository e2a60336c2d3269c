using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>Pooled connections to the PostgreSQL servers of a cluster, one pool an address. Safe for concurrent use.</summary>
public sealed class PostgresClient(PostgresOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<(string Host, int Port), Lazy<NpgsqlDataSource>> pools = new();

    /// <summary>The options it was made with.</summary>
    public PostgresOptions Options => options;

    /// <summary>
    /// Runs every query of a set in one round trip. A query that fails is unknown with its reason and does not spoil the others.
    /// </summary>
    /// <returns>For each query its JSON document or the failure, in order.</returns>
    /// <exception cref="PatroniOpsException">The server could not be asked at all.</exception>
    public async Task<IReadOnlyList<QueryResult>> QueryAsync(string host, int port, Func<int, IReadOnlyList<string>> queries, CancellationToken cancellationToken)
    {
        var address = Address(host, port);
        RequireUser(address);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            var pool = Pool(host, port);
            return await AskAsync(pool, queries, address, isLast: false, limit.Token).ConfigureAwait(false)
                ?? (await AskAsync(pool, queries, address, isLast: true, limit.Token).ConfigureAwait(false))!;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException or IOException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailure.Explain(address, options.EffectiveUserName, options.Timeout, e);
        }
    }

    /// <summary>Runs one call that changes something, once, with its argument as a parameter. What came of it is read from the server afterwards.</summary>
    /// <returns>The text that it gave; null when it gave something else.</returns>
    /// <exception cref="PatroniOpsException">Refused, or the answer was lost.</exception>
    public async Task<string?> CallOnceAsync(string host, int port, string sql, string argument, CancellationToken cancellationToken)
    {
        var address = Address(host, port);
        RequireUser(address);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            var command = Pool(host, port).CreateCommand(sql);
            await using (command.ConfigureAwait(false))
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Name });
                return await command.ExecuteScalarAsync(limit.Token).ConfigureAwait(false) as string;
            }
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException or IOException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailure.Explain(address, options.EffectiveUserName, options.Timeout, e);
        }
    }

    /// <summary>The connection string for the replication protocol, password included: never shown, never stored.</summary>
    internal NpgsqlConnectionStringBuilder ConnectionString(string host, int port)
    {
        RequireUser(Address(host, port));
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = options.Database,
            Username = options.EffectiveUserName,
            Timeout = Math.Max(1, (int)Math.Ceiling(options.Timeout.TotalSeconds)),
            CommandTimeout = Math.Max(1, (int)Math.Ceiling(options.Timeout.TotalSeconds)),
            ApplicationName = "PatroniOps",
            MaxPoolSize = 4,
            // Answers are a few rows; the buffers are held as long as the connection is, and a fleet has thousands of them.
            ReadBufferSize = 4096,
            WriteBufferSize = 4096,
            NoResetOnClose = true,
            GssEncryptionMode = GssEncryptionMode.Disable,
            SslMode = options.RequireTls ? SslMode.Require : SslMode.Prefer,
        };
        if (!string.IsNullOrEmpty(options.Credential?.Password))
            text.Password = options.Credential.Password;
        return text;
    }

    /// <summary>Closes the pooled connections, so that the next query shows whether the servers still take new ones.</summary>
    public void CloseIdle()
    {
        foreach (var pool in pools.Values.Where(p => p.IsValueCreated))
            pool.Value.Clear();
    }

    /// <summary>Lets go of every other address: members come and go, and a long watch must not grow with them.</summary>
    public void Keep(IEnumerable<(string Host, int Port)> addresses)
    {
        foreach (var gone in pools.Keys.Except(addresses).ToList())
            if (pools.TryRemove(gone, out var pool) && pool.IsValueCreated)
                pool.Value.Dispose();
    }

    public void Dispose()
    {
        foreach (var pool in pools.Values.Where(p => p.IsValueCreated))
            pool.Value.Dispose();
        pools.Clear();
    }

    internal static string Address(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    internal void ApplyTls(System.Net.Security.SslClientAuthenticationOptions tls) =>
        CertificateCheck.Apply(tls, options.ClientCertificate, options.CertificateAuthorities, options.SkipCertificateCheck);

    private NpgsqlDataSource Pool(string host, int port) => pools.GetOrAdd((host, port), key => new Lazy<NpgsqlDataSource>(() =>
    {
        var builder = new NpgsqlSlimDataSourceBuilder(ConnectionString(key.Host, key.Port).ConnectionString);
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.UseSslClientAuthenticationOptionsCallback(ApplyTls);
        return builder.Build();
    })).Value;

    private void RequireUser(string address)
    {
        if (options.EffectiveUserName is null)
            throw new PatroniOpsException(FailureKind.NotConfigured,
                $"{address}: PostgreSQL was not asked, because no user is known. Give -PostgresCredential, or -PostgresUserName with a pgpass file.");
    }

    // Null when the connection was broken and another one may do: a pooled one does not notice that its server was restarted.
    private async Task<IReadOnlyList<QueryResult>?> AskAsync(
        NpgsqlDataSource pool, Func<int, IReadOnlyList<string>> queries, string address, bool isLast, CancellationToken cancellationToken)
    {
        var connection = await pool.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var sql = queries(VersionNumber(connection.PostgreSqlVersion));
            try
            {
                return await TogetherAsync(connection, sql, cancellationToken).ConfigureAwait(false)
                    ?? await OneByOneAsync(connection, sql, address, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException e) when (!isLast && IsBroken(e))
            {
                pool.Clear();
                return null;
            }
        }
    }

    private static bool IsBroken(NpgsqlException e) => e is PostgresException { SqlState: "57P01" or "57P02" } || e.InnerException is IOException or System.Net.Sockets.SocketException;

    // Null when one of the queries fails: then each is asked alone.
    private static async Task<IReadOnlyList<QueryResult>?> TogetherAsync(NpgsqlConnection connection, IReadOnlyList<string> queries, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var sql in queries)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
            try
            {
                var results = new List<QueryResult>(queries.Count);
                var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    do
                    {
                        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                        results.Add(QueryResult.FromText(reader.GetString(0)));
                    }
                    while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
                }
                return results;
            }
            catch (PostgresException e) when (e.SqlState[..2] is not ("57" or "08"))
            {
                return null;
            }
        }
    }

    private async Task<IReadOnlyList<QueryResult>> OneByOneAsync(NpgsqlConnection connection, IReadOnlyList<string> queries, string address, CancellationToken cancellationToken)
    {
        var results = new List<QueryResult>(queries.Count);
        foreach (var sql in queries)
        {
            var command = new NpgsqlCommand(sql, connection);
            await using (command.ConfigureAwait(false))
            {
                try
                {
                    results.Add(QueryResult.FromText((string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!));
                }
                catch (PostgresException e) when (e.SqlState[..2] is not ("57" or "08"))
                {
                    results.Add(new QueryResult(null, PostgresFailure.Explain(address, options.EffectiveUserName, options.Timeout, e)));
                }
            }
        }
        return results;
    }

    private static int VersionNumber(Version version) => (version.Major * 10000) + Math.Max(version.Minor, 0);
}

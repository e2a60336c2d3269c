using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>Pooled connections to the PostgreSQL servers of a cluster, one pool an address. Safe for concurrent use.</summary>
public sealed class PostgresClient(PostgresOptions options) : IDisposable
{
    // A server is told to cancel, and the connection is broken at once: one that goes on sending would be read for as long as it does.
    private const int BreaksAtOnce = -1;

    private readonly ConcurrentDictionary<(string Host, int Port), Lazy<ServerPool>> pools = new();

    /// <summary>The options it was made with.</summary>
    public PostgresOptions Options => options;

    /// <summary>
    /// Runs every query of a set in one round trip. A query that fails is unknown with its reason and does not spoil the others.
    /// </summary>
    /// <returns>For each query its JSON document or the failure, in order.</returns>
    /// <exception cref="PatroniOpsException">The server could not be asked at all, or what answers is no PostgreSQL.</exception>
    public async Task<IReadOnlyList<QueryResult>> QueryAsync(string host, int port, Func<int, IReadOnlyList<string>> queries, CancellationToken cancellationToken)
    {
        RequireUser(host, port);
        var question = new PostgresQuestion(Pool(host, port), Address(host, port), options, queries);
        try
        {
            return await TimeLimit.RunAsync(options.Timeout, question.AskAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not PatroniOpsException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw question.TooMuch ?? PostgresFailure.Explain(Address(host, port), options, e);
        }
    }

    /// <summary>Runs one call that changes something, once, with its argument as a parameter. What came of it is read from the server afterwards.</summary>
    /// <returns>The text that it gave; null when it gave something else.</returns>
    /// <exception cref="PatroniOpsException">Refused, or the answer was lost.</exception>
    public async Task<string?> CallOnceAsync(string host, int port, string sql, string argument, CancellationToken cancellationToken)
    {
        RequireUser(host, port);
        try
        {
            return await TimeLimit.RunAsync(options.Timeout, token => CallAsync(Pool(host, port), sql, argument, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not PatroniOpsException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailure.Explain(Address(host, port), options, e);
        }
    }

    /// <summary>How to connect, password included: never shown, never stored.</summary>
    internal NpgsqlConnectionStringBuilder ConnectionString(string host, int port, bool isEncrypted)
    {
        RequireUser(host, port);
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = options.Database,
            Username = options.EffectiveUserName,
            Timeout = Math.Max(1, (int)Math.Ceiling(options.Timeout.TotalSeconds)),
            CommandTimeout = Math.Max(1, (int)Math.Ceiling(options.Timeout.TotalSeconds)),
            CancellationTimeout = BreaksAtOnce,
            ApplicationName = "PatroniOps",
            MaxPoolSize = 4,
            // Answers are a few rows; the buffers are held as long as the connection is, and a fleet has thousands of them.
            ReadBufferSize = 4096,
            WriteBufferSize = 4096,
            NoResetOnClose = true,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        Encryption.Apply(text, isEncrypted);
        if (!string.IsNullOrEmpty(options.Credential?.Password))
            text.Password = options.Credential.Password;
        return text;
    }

    /// <summary>Closes the pooled connections, so that the next query shows whether the servers still take new ones.</summary>
    public void CloseIdle()
    {
        foreach (var pool in pools.Values.Where(p => p.IsValueCreated))
            pool.Value.CloseIdle();
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

    private ServerPool Pool(string host, int port) => pools.GetOrAdd((host, port), key => new Lazy<ServerPool>(() => new ServerPool(this, key.Host, key.Port))).Value;

    private void RequireUser(string host, int port)
    {
        if (options.EffectiveUserName is null)
            throw new PatroniOpsException(FailureKind.NotConfigured,
                $"{Address(host, port)}: PostgreSQL was not asked, because no user is known. Give -PostgresCredential, or -PostgresUserName with a pgpass file.");
    }

    private static async Task<string?> CallAsync(ServerPool pool, string sql, string argument, CancellationToken cancellationToken)
    {
        var connection = await pool.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = new NpgsqlCommand(sql, connection);
            await using (command.ConfigureAwait(false))
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Name });
                return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
            }
        }
    }
}

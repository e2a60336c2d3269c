using Npgsql;

namespace PatroniOps.Postgres;

/// <summary>
/// The connections to one server. It is asked for TLS, and what it shows is verified; only where it offers none, or takes the role without it alone,
/// does a connection without it follow, over which no password goes in clear text.
/// </summary>
/// <param name="client">Whose options hold.</param>
/// <param name="host">The server's host.</param>
/// <param name="port">Its port.</param>
internal sealed class ServerPool(PostgresClient client, string host, int port) : IDisposable
{
    private readonly Lazy<NpgsqlDataSource> encrypted = new(() => Build(client, host, port, isEncrypted: true));
    private readonly Lazy<NpgsqlDataSource> plain = new(() => Build(client, host, port, isEncrypted: false));
    private volatile bool isPlain;

    /// <summary>A connection that is open.</summary>
    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => isPlain
        ? PlainAsync(cancellationToken)
        : Encryption.PreferAsync(client.Options, () => encrypted.Value.OpenConnectionAsync(cancellationToken).AsTask(), () => PlainAsync(cancellationToken));

    /// <summary>Closes what is idle; whether there is TLS is asked again.</summary>
    public void Renew()
    {
        CloseIdle();
        isPlain = false;
    }

    /// <summary>Closes what is idle.</summary>
    public void CloseIdle()
    {
        foreach (var source in Built)
            source.Clear();
    }

    public void Dispose()
    {
        foreach (var source in Built)
            source.Dispose();
    }

    // A server that takes nobody without TLS any more is asked for TLS the next time.
    private async Task<NpgsqlConnection> PlainAsync(CancellationToken cancellationToken)
    {
        isPlain = false;
        var connection = await plain.Value.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        isPlain = true;
        return connection;
    }

    private IEnumerable<NpgsqlDataSource> Built => new[] { encrypted, plain }.Where(source => source.IsValueCreated).Select(source => source.Value);

    private static NpgsqlDataSource Build(PostgresClient client, string host, int port, bool isEncrypted)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(client.ConnectionString(host, port, isEncrypted).ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        if (isEncrypted)
        {
            builder.EnableTransportSecurity();
            builder.UseSslClientAuthenticationOptionsCallback(client.ApplyTls);
        }
        return builder.Build();
    }
}

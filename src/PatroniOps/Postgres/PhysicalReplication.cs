using Npgsql;
using Npgsql.Replication;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>Connections that speak the physical replication protocol.</summary>
internal static class PhysicalReplication
{
    /// <summary>A connection that is open: with TLS, verified, where the server offers it.</summary>
    /// <exception cref="PatroniOpsException">The server cannot be reached, or the role may not replicate.</exception>
    public static async Task<PhysicalReplicationConnection> OpenAsync(PostgresClient client, string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await TimeLimit.RunAsync(client.Options.Timeout, token => EitherAsync(client, host, port, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not PatroniOpsException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(client, host, port, e);
        }
    }

    /// <summary>What a server, what only pretends to be one, or the network may do to such a connection.</summary>
    public static bool IsExpected(Exception e) => e is not PatroniOpsException;

    /// <summary>The failure in words, for the replication role.</summary>
    public static PatroniOpsException Explain(PostgresClient client, string host, int port, Exception e) => e is PostgresException { SqlState: "42501" } refused
        ? new(FailureKind.PermissionDenied, $"{PostgresClient.Address(host, port)}: {refused.MessageText}. This needs a role with the REPLICATION attribute: give -ReplicationCredential.", e)
        : PostgresFailure.Explain(PostgresClient.Address(host, port), client.Options, e);

    private static Task<PhysicalReplicationConnection> EitherAsync(PostgresClient client, string host, int port, CancellationToken cancellationToken) => Encryption.PreferAsync(
        client.Options,
        () => OpenAsync(To(client, host, port, isEncrypted: true), cancellationToken),
        () => OpenAsync(To(client, host, port, isEncrypted: false), cancellationToken));

    private static async Task<PhysicalReplicationConnection> OpenAsync(PhysicalReplicationConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Open(cancellationToken).ConfigureAwait(false);
            // Whoever waited may have gone.
            cancellationToken.ThrowIfCancellationRequested();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static PhysicalReplicationConnection To(PostgresClient client, string host, int port, bool isEncrypted)
    {
        var text = client.ConnectionString(host, port, isEncrypted);
        text.Pooling = false;
        // Npgsql gives a replication connection no callback: its certificate is checked by what the connection string can say.
        if (isEncrypted && !client.Options.SkipCertificateCheck)
            (text.SslMode, text.RootCertificate) = (SslMode.VerifyFull, client.Options.CertificateAuthorityPath);
        return new PhysicalReplicationConnection(text.ConnectionString);
    }
}

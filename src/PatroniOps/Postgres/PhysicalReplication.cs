using Npgsql;
using Npgsql.Replication;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>Connections that speak the physical replication protocol.</summary>
internal static class PhysicalReplication
{
    /// <summary>A connection that is not open yet.</summary>
    public static PhysicalReplicationConnection To(PostgresClient client, string host, int port)
    {
        var text = client.ConnectionString(host, port);
        text.Pooling = false;
        // Npgsql gives a replication connection no callback: its certificate is checked by what the connection string can say.
        if (client.Options.RequireTls && !client.Options.SkipCertificateCheck)
            text.SslMode = SslMode.VerifyFull;
        text.RootCertificate = client.Options.SkipCertificateCheck ? null : client.Options.CertificateAuthorityPath;
        return new PhysicalReplicationConnection(text.ConnectionString);
    }

    /// <summary>A connection that is open.</summary>
    /// <exception cref="PatroniOpsException">The server cannot be reached, or the role may not replicate.</exception>
    public static async Task<PhysicalReplicationConnection> OpenAsync(PostgresClient client, string host, int port, CancellationToken cancellationToken)
    {
        var connection = To(client, host, port);
        try
        {
            await connection.Open(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsExpected(e))
                throw;
            throw Explain(client, host, port, e);
        }
    }

    /// <summary>What a server or the network may do to such a connection.</summary>
    public static bool IsExpected(Exception e) => e is NpgsqlException or OperationCanceledException or TimeoutException or IOException;

    /// <summary>The failure in words, for the replication role.</summary>
    public static PatroniOpsException Explain(PostgresClient client, string host, int port, Exception e) => e is PostgresException { SqlState: "42501" } refused
        ? new(FailureKind.PermissionDenied, $"{PostgresClient.Address(host, port)}: {refused.MessageText}. This needs a role with the REPLICATION attribute: give -ReplicationCredential.", e)
        : PostgresFailure.Explain(PostgresClient.Address(host, port), client.Options.EffectiveUserName, client.Options.Timeout, e);
}

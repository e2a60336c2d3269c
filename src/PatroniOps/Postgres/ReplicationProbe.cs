using Npgsql;
using Npgsql.Replication;
using NpgsqlTypes;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>
/// Asks a server over the replication protocol for WAL at exactly one position, without a slot, and stops at the first data or the error.
/// The server's readiness to copy proves nothing: its error comes after it.
/// </summary>
/// <remarks>Source: PostgreSQL, protocol-replication.html, START_REPLICATION.</remarks>
public static class ReplicationProbe
{
    // A server with nothing to send keeps silent; past this the tip is compared.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="client">With a role that has the REPLICATION attribute.</param>
    /// <param name="host">The server's host.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="position">Where the replica would go on.</param>
    /// <param name="timeline">On which timeline.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    /// <returns>Never throws for what the server does: a probe that could not be made is Unknown with the reason.</returns>
    public static async Task<WalProbeResult> RunAsync(PostgresClient client, string host, int port, Lsn position, uint timeline, CancellationToken cancellationToken)
    {
        try
        {
            return await TimeLimit.RunAsync(client.Options.Timeout + Patience, token => ConnectAsync(client, host, port, position, timeline, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new WalProbeResult(WalProbeOutcome.Unknown, (e as PatroniOpsException ?? PhysicalReplication.Explain(client, host, port, e)).Message);
        }
    }

    private static async Task<WalProbeResult> ConnectAsync(PostgresClient client, string host, int port, Lsn position, uint timeline, CancellationToken cancellationToken)
    {
        var connection = await PhysicalReplication.OpenAsync(client, host, port, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var system = await connection.IdentifySystem(cancellationToken).ConfigureAwait(false);
            return await AskAsync(connection, position, timeline, new Lsn((ulong)system.XLogPos), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<WalProbeResult> AskAsync(PhysicalReplicationConnection connection, Lsn position, uint timeline, Lsn tip, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var stream = connection.StartReplication(new NpgsqlLogSequenceNumber(position.Value), limit.Token, timeline);
            await foreach (var message in stream.ConfigureAwait(false))
                if (message.Data.Length > 0 || message.WalEnd > message.WalStart)
                    return new WalProbeResult(WalProbeOutcome.Served, $"WAL data came from {new Lsn((ulong)message.WalStart)}.");
            return new WalProbeResult(WalProbeOutcome.Unknown, "The server ended the stream without data.");
        }
        catch (PostgresException e) when (e.SqlState == "58P01" || e.MessageText.Contains("has already been removed", StringComparison.Ordinal))
        {
            return new WalProbeResult(WalProbeOutcome.Removed, e.MessageText);
        }
        catch (PostgresException e) when (e.MessageText.Contains("history", StringComparison.Ordinal) || e.MessageText.Contains("ahead of", StringComparison.Ordinal))
        {
            return new WalProbeResult(WalProbeOutcome.NotInHistory, e.MessageText);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return position >= tip
                ? new WalProbeResult(WalProbeOutcome.AtTip, $"{position} is the server's own position ({tip}): there is nothing to send yet.")
                : new WalProbeResult(WalProbeOutcome.Unknown, $"The server sent nothing within {Patience.TotalSeconds:0} s although it is at {tip}.");
        }
    }
}

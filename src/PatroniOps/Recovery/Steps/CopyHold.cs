using Npgsql;
using Npgsql.Replication;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.Steps;

/// <summary>
/// Keeps WAL on a server from its last checkpoint on, for as long as it is held: a temporary slot, which ends with its connection, and which
/// Patroni leaves alone.
/// </summary>
internal sealed class CopyHold : IAsyncDisposable
{
    private readonly PhysicalReplicationConnection connection;

    private CopyHold(PhysicalReplicationConnection connection, string slotName)
    {
        this.connection = connection;
        SlotName = slotName;
    }

    public string SlotName { get; }

    /// <param name="client">With the replication role.</param>
    /// <param name="host">The server's host.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="slotName">The slot's name.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PatroniOpsException">The role may not, or there is no free slot or sender.</exception>
    public static async Task<CopyHold> TakeAsync(PostgresClient client, string host, int port, string slotName, CancellationToken cancellationToken)
    {
        var text = client.ConnectionString(host, port);
        text.Pooling = false;
        var connection = new PhysicalReplicationConnection(text.ConnectionString);
        try
        {
            await connection.Open(cancellationToken).ConfigureAwait(false);
            await connection.CreateReplicationSlot(slotName, isTemporary: true, reserveWal: true, cancellationToken).ConfigureAwait(false);
            return new CopyHold(connection, slotName);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException or IOException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailure.Explain(PostgresClient.Address(host, port), client.Options.EffectiveUserName, client.Options.Timeout, e);
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}

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

    private CopyHold(PhysicalReplicationConnection connection) => this.connection = connection;

    /// <param name="client">With the replication role.</param>
    /// <param name="host">The server's host.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="slotName">The slot's name.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PatroniOpsException">The role may not, or there is no free slot or sender.</exception>
    public static async Task<CopyHold> TakeAsync(PostgresClient client, string host, int port, string slotName, CancellationToken cancellationToken)
    {
        var connection = await PhysicalReplication.OpenAsync(client, host, port, cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.CreateReplicationSlot(slotName, isTemporary: true, reserveWal: true, cancellationToken).ConfigureAwait(false);
            return new CopyHold(connection);
        }
        catch (Exception e) when (PhysicalReplication.IsExpected(e))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw PhysicalReplication.Explain(client, host, port, e);
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}

using Npgsql.Replication;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>A member's PostgreSQL as it is asked for WAL.</summary>
/// <param name="Name">The member.</param>
/// <param name="Host">Its PostgreSQL's host.</param>
/// <param name="Port">Its PostgreSQL's port.</param>
/// <param name="Replication">Client of the replication role.</param>
/// <param name="Observer">Client of the observing role.</param>
internal sealed record WalServer(string Name, string Host, int Port, PostgresClient Replication, PostgresClient Observer)
{
    /// <exception cref="PatroniOpsException">It cannot be reached, or the role may not replicate.</exception>
    public Task<PhysicalReplicationConnection> OpenAsync(CancellationToken cancellationToken) => PhysicalReplication.OpenAsync(Replication, Host, Port, cancellationToken);

    /// <summary>A failure of such a connection, in words.</summary>
    public PatroniOpsException Explain(Exception e) => PhysicalReplication.Explain(Replication, Host, Port, e);
}

using System.Net;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Connections;

/// <summary>Has a leader end its WAL segment, so that it is archived.</summary>
/// <remarks>Source: PostgreSQL, functions-admin.html: without a record since the last switch pg_switch_wal does nothing, so one is written before.</remarks>
public static class WalSwitch
{
    private const string Sql =
        "WITH written AS MATERIALIZED (SELECT pg_catalog.pg_logical_emit_message(false, 'patroniops', $1::text)) SELECT pg_catalog.pg_walfile_name(pg_catalog.pg_switch_wal()) FROM written";

    /// <summary>Calls it once.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="leader">Its leader.</param>
    /// <param name="credential">A role that may; null: the connection's own.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>The name of the segment that is complete now.</returns>
    /// <exception cref="PatroniOpsException">The role may not, or the answer was lost.</exception>
    public static async Task<string> RunAsync(PatroniConnection connection, MemberSnapshot leader, NetworkCredential? credential, CancellationToken cancellationToken)
    {
        if (leader is not { Host: { } host, Port: { } port })
            throw new PatroniOpsException(FailureKind.NotConfigured, $"The address of {leader.Name}'s PostgreSQL is not known. Nothing was changed.");
        using var client = connection.ReplicationClient(credential);
        try
        {
            return await client.CallOnceAsync(host, port, Sql, "round trip", cancellationToken).ConfigureAwait(false)
                ?? throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{leader.Name}: pg_switch_wal named no segment.");
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.PermissionDenied)
        {
            throw new PatroniOpsException(FailureKind.PermissionDenied,
                $"{leader.Name}: the role {client.Options.EffectiveUserName} may not switch WAL, which pg_monitor does not bring. Give -SwitchCredential, or: GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO {client.Options.EffectiveUserName}. Nothing was changed.", e);
        }
    }
}

using System.Net;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Rewinds;

/// <summary>The role of pg_rewind: Patroni's rewind role, else its superuser.</summary>
internal static class RewindRole
{
    // Source: PostgreSQL, app-pgrewind.html, the functions that a role without superuser must be granted.
    private const string GrantsSql =
        """
        SELECT jsonb_build_object('granted', bool_and(has_function_privilege(f, 'execute')))::text FROM unnest(ARRAY[
          'pg_catalog.pg_ls_dir(text, boolean, boolean)', 'pg_catalog.pg_stat_file(text, boolean)',
          'pg_catalog.pg_read_binary_file(text)', 'pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean)']) AS f
        """;

    /// <exception cref="PatroniOpsException">The member's patroni.yml names neither.</exception>
    public static NetworkCredential Of(PatroniNode member) => member.Configuration.RewindCredential ?? member.Configuration.SuperuserCredential
        ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"{member.ConfigurationPath} names neither a rewind role nor a superuser (postgresql.authentication).");

    /// <summary>Connects as pg_rewind would, and asks for its rights.</summary>
    public static async Task<PreflightCheck> CheckAsync(PatroniNode member, MemberSnapshot? leader, PatroniConnection connection, CancellationToken cancellationToken)
    {
        const string name = "rights of the rewind role";
        if (leader is not { Host: { } host, Port: { } port })
            return new(name, null, "there is no leader to ask");
        try
        {
            var role = Of(member);
            using var client = connection.ReplicationClient(role);
            var result = await client.QueryAsync(host, port, _ => [GrantsSql], cancellationToken).ConfigureAwait(false);
            return result[0].Document is { } row && Json.Flag(row, "granted") is { } granted
                ? new(name, granted, granted ? $"{role.UserName} may read the leader's files" : $"{role.UserName} may not execute pg_ls_dir, pg_stat_file and pg_read_binary_file on {leader.Name}: grant them")
                : new(name, null, result[0].Failure?.Message ?? "the rights were not read");
        }
        catch (PatroniOpsException e)
        {
            return new(name, false, e.Message);
        }
    }
}

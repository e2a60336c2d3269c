using System.Net;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>Has a member's Patroni read its patroni.yml again, and PostgreSQL its configuration.</summary>
public static class MemberReload
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    /// <exception cref="PatroniOpsException">Refused, or not known: a reload leaves no trace to read its outcome from.</exception>
    public static async Task<PatroniReload> RunAsync(PatroniConnection connection, MemberSnapshot member, CancellationToken cancellationToken)
    {
        if (member.ApiUrl is not { } api)
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{member.Name}: its REST address is not known.");
        var call = await SingleCall.SendAsync(connection, HttpMethod.Post, api, "reload", null, AnswerLimit, cancellationToken).ConfigureAwait(false);
        return call.Answer is not { } answer
            ? throw new PatroniOpsException(call.Lost!.Kind, $"{member.Name}: whether it reloads is not known: {call.Lost.Message}", call.Lost)
            : answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK
                ? new PatroniReload { ConnectionId = connection.ConnectionId, Cluster = connection.Cluster, Member = member.Name, Answer = answer.Text }
                : throw new PatroniOpsException(FailureKind.Refused, $"{member.Name}: Patroni refused to reload ({(int)answer.Status}): {answer.Text}. Nothing was changed.");
    }
}

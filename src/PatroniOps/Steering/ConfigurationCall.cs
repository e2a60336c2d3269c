using System.Net;
using System.Text.Json;
using PatroniOps.Connections;
using PatroniOps.Patroni;

namespace PatroniOps.Steering;

/// <summary>PATCH /config, sent once: merges, so that what others set stays. When the answer is lost, the configuration itself tells.</summary>
internal static class ConfigurationCall
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The dynamic configuration as it stands, secrets included: never shown, never kept.</summary>
    /// <exception cref="PatroniOpsException">It was not read.</exception>
    public static async Task<JsonElement> ReadAsync(PatroniConnection connection, Uri api, CancellationToken cancellationToken)
    {
        // A Patroni gives the configuration as it last read the cluster: GET /cluster has it read anew.
        await connection.Rest.GetAsync(api, "cluster", cancellationToken).ConfigureAwait(false);
        var document = await connection.Rest.GetAsync(api, "config", cancellationToken).ConfigureAwait(false);
        return document.ValueKind == JsonValueKind.Object
            ? document
            : throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{api}config: the answer is not a configuration. Is this Patroni's REST API?");
    }

    /// <exception cref="PatroniOpsException">Refused, or lost and not done; the text says that nothing was changed, or that it is not known.</exception>
    public static async Task SendAsync(PatroniConnection connection, Uri api, JsonElement patch, CancellationToken cancellationToken)
    {
        var call = await SingleCall.SendAsync(connection, HttpMethod.Patch, api, "config", patch, AnswerLimit, cancellationToken).ConfigureAwait(false);
        if (call.Lost is { } lost)
            await SettleAsync(connection, api, patch, lost, cancellationToken).ConfigureAwait(false);
        else if (call.Answer!.Status != HttpStatusCode.OK)
            throw new PatroniOpsException(FailureKind.Refused, $"Cluster {connection.Cluster}: Patroni refused the change ({Code(call.Answer)}). Nothing was changed.");
    }

    private static string Code(PatroniAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Conflict => "409: somebody else changed the configuration at the same moment; look at it again",
        HttpStatusCode.ServiceUnavailable => "503: the cluster has no configuration in its DCS",
        _ => $"{(int)answer.Status}: {answer.Text}",
    };

    private static async Task SettleAsync(PatroniConnection connection, Uri api, JsonElement patch, PatroniOpsException lost, CancellationToken cancellationToken)
    {
        var began = connection.Time.GetTimestamp();
        var limit = 2 * connection.Timeout;
        PatroniOpsException? unread = null;
        while (connection.Time.GetElapsedTime(began) < limit)
        {
            try
            {
                if (ConfigurationChange.Between(await ReadAsync(connection, api, cancellationToken).ConfigureAwait(false), patch).Count == 0)
                    return;
                unread = null;
            }
            catch (PatroniOpsException e)
            {
                unread = e;
            }
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
        throw unread is null
            ? new PatroniOpsException(lost.Kind, $"{lost.Message} The configuration is as it was {limit.TotalSeconds:0} s later.", lost)
            : new PatroniOpsException(lost.Kind, $"{lost.Message} Whether the configuration was changed is not known: {unread.Message}", lost);
    }
}

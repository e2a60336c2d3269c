using System.Text.Json;
using PatroniOps.Connections;
using PatroniOps.Patroni;

namespace PatroniOps.Steering;

/// <summary>A call that changes something, sent once and never again.</summary>
/// <param name="Answer">Patroni's answer; null when it was lost, and what came of the call shows in the cluster alone.</param>
/// <param name="Lost">Why there is no answer.</param>
internal sealed record SingleCall(PatroniAnswer? Answer, PatroniOpsException? Lost)
{
    /// <exception cref="PatroniOpsException">It was certainly not taken: no connection, credentials, access.</exception>
    public static async Task<SingleCall> SendAsync(
        PatroniConnection connection, HttpMethod method, Uri api, string path, JsonElement? body, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return new SingleCall(await connection.Rest.SendAsync(method, api, path, body, limit, cancellationToken).ConfigureAwait(false), null);
        }
        catch (PatroniOpsException e) when (e.Kind is FailureKind.Timeout or FailureKind.InvalidAnswer or FailureKind.Unreachable && !WasNeverSent(e))
        {
            return new SingleCall(null, e);
        }
    }

    /// <summary>The answer in words, or that it was lost.</summary>
    public override string ToString() => Answer is { } answer ? $"Patroni answered {(int)answer.Status}: {answer.Text}" : $"no answer to the call, its outcome is read from the cluster: {Lost!.Message}";

    private static bool WasNeverSent(PatroniOpsException e) =>
        e.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
}

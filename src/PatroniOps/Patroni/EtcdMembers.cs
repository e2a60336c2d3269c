using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatroniOps.Patroni;

/// <summary>Reads the members' REST addresses from etcd, through the JSON gateway of its v3 API. Reads only.</summary>
/// <remarks>Source: etcd, Documentation/dev-guide/api_grpc_gateway; Patroni, patroni/dcs/etcd3.py for the keys.</remarks>
public static class EtcdMembers
{
    private const int MaximumBody = 8 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <exception cref="PatroniOpsException">No etcd answered, or it has no such cluster.</exception>
    public static async Task<IReadOnlyList<Uri>> ReadAsync(PatroniConfigFile file, CancellationToken cancellationToken)
    {
        var prefix = $"/{file.Namespace.Trim('/')}/{file.Scope}/members/";
        PatroniOpsException? failure = null;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = Limit };
        using var http = new HttpClient(handler) { Timeout = Limit, MaxResponseContentBufferSize = MaximumBody };
        foreach (var host in file.EtcdHosts)
        {
            try
            {
                var members = await RangeAsync(http, host, file, prefix, cancellationToken).ConfigureAwait(false);
                return members.Count > 0
                    ? members
                    : throw new PatroniOpsException(FailureKind.NotConfigured, $"{host}: etcd has no members below {prefix}. Check scope and namespace.");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or JsonException or FormatException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                failure = Explain(host, e);
            }
        }
        throw failure ?? new PatroniOpsException(FailureKind.NotConfigured, "No etcd address is configured.");
    }

    private static async Task<IReadOnlyList<Uri>> RangeAsync(HttpClient http, Uri host, PatroniConfigFile file, string prefix, CancellationToken cancellationToken)
    {
        var token = file.EtcdCredential is { } login
            ? Json.Text(await PostAsync(http, host, "v3/auth/authenticate", new JsonObject { ["name"] = login.UserName, ["password"] = login.Password }, null, cancellationToken).ConfigureAwait(false), "token")
            : null;
        // The range of all keys with the prefix ends at the prefix with its last byte raised: '/' becomes '0'.
        var range = new JsonObject { ["key"] = Base64(prefix), ["range_end"] = Base64(prefix[..^1] + "0") };
        var answer = await PostAsync(http, host, "v3/kv/range", range, token, cancellationToken).ConfigureAwait(false);
        return Members(answer);
    }

    /// <summary>The addresses in etcd's answer; a key that holds something else is no member's.</summary>
    internal static IReadOnlyList<Uri> Members(JsonElement answer) =>
        [.. Json.Items(answer, "kvs").Select(item => Address(Json.Text(item, "value") ?? "")).OfType<Uri>()];

    private static Uri? Address(string value)
    {
        try
        {
            return PatroniUri.Base(Json.Text(Json.Parse(Convert.FromBase64String(value)), "api_url"));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, Uri host, string path, JsonObject body, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, path));
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return Json.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
    }

    private static PatroniOpsException Explain(Uri host, Exception e) => e switch
    {
        TaskCanceledException => new(FailureKind.Timeout, $"{host}: etcd gave no answer within {Limit.TotalSeconds:0} s.", e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(FailureKind.InvalidAnswer, $"{host}: etcd's answer is larger than {MaximumBody >> 20} MiB.", e),
        JsonException or FormatException => new(FailureKind.InvalidAnswer, $"{host}: the answer is not etcd's. Is this its client port?", e),
        _ => new(FailureKind.Unreachable, $"{host}: etcd gave no answer: {e.Message.TrimEnd('.')}.", e),
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

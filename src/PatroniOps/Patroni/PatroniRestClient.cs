using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace PatroniOps.Patroni;

/// <summary>
/// Calls Patroni's REST API. GETs are retried once when the connection broke; calls that change something are sent once, with a
/// Content-Length and credentials, and never follow a redirect.
/// </summary>
/// <remarks>Source: Patroni, patroni/api.py. Patroni reads bodies by Content-Length alone and acts on POST /reinitialize even when the
/// body is malformed, so bodies are only ever made by the serializer.</remarks>
public sealed class PatroniRestClient : IDisposable
{
    private const int MaximumBody = 8 << 20;
    private const int LargestHead = 64;

    private readonly PatroniRestOptions options;
    private readonly HttpClient http;
    private readonly ResiliencePipeline<JsonElement> reads;

    public PatroniRestClient(PatroniRestOptions options, TimeProvider time)
    {
        this.options = options;
        var tls = new SslClientAuthenticationOptions();
        CertificateCheck.Apply(tls, options.ClientCertificate, options.CertificateAuthorities, options.SkipCertificateCheck);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = LargestHead,
            SslOptions = tls,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        http = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaximumBody };
        reads = new ResiliencePipelineBuilder<JsonElement> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<JsonElement>
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(100),
                ShouldHandle = new PredicateBuilder<JsonElement>().Handle<HttpRequestException>(IsBrokenConnection),
            })
            .Build();
    }

    /// <summary>Reads a JSON document.</summary>
    /// <param name="api">The member's address.</param>
    /// <param name="path">Such as <c>cluster</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PatroniOpsException">No answer in time, not reachable, not verified, not JSON, or not 200.</exception>
    public async Task<JsonElement> GetAsync(Uri api, string path, CancellationToken cancellationToken)
    {
        var uri = new Uri(api, path);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            return await reads.ExecuteAsync(async token => await ReadAsync(uri, token).ConfigureAwait(false), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(uri, options.Timeout, e);
        }
    }

    /// <summary>Sends a call that changes something, once. A lost answer leaves the outcome open: read the state again.</summary>
    /// <param name="method">POST, PATCH, PUT or DELETE.</param>
    /// <param name="api">The member's address.</param>
    /// <param name="path">Such as <c>reinitialize</c>.</param>
    /// <param name="body">The JSON body; null sends an empty object.</param>
    /// <param name="timeout">The limit, where Patroni blocks longer than a read takes.</param>
    /// <param name="cancellationToken">Ends the waiting, not what Patroni began.</param>
    public async Task<PatroniAnswer> SendAsync(HttpMethod method, Uri api, string path, JsonElement? body, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var uri = new Uri(api, path);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var allowed = timeout ?? options.Timeout;
        limit.CancelAfter(allowed);
        try
        {
            using var request = new HttpRequestMessage(method, uri);
            request.Content = new StringContent(body?.GetRawText() ?? "{}", Encoding.UTF8, "application/json");
            if (options.Credential is { } credential)
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}")));
            using var response = await http.SendAsync(request, limit.Token).ConfigureAwait(false);
            var text = (await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false)).Trim();
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized => throw new PatroniOpsException(FailureKind.Authentication,
                    $"{uri}: Patroni refused the credentials (401). Give the restapi.authentication user with -Credential."),
                HttpStatusCode.Forbidden => throw new PatroniOpsException(FailureKind.PermissionDenied,
                    $"{uri}: Patroni denied access (403): the address is not in its allowlist, or it wants a client certificate (-ClientCertificate)."),
                _ => new PatroniAnswer(response.StatusCode, text.Length > 2000 ? text[..2000] : text),
            };
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(uri, allowed, e);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> ReadAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(uri, cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode is >= 300 and < 400)
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{uri}: answered with a redirect ({(int)response.StatusCode}), which is not followed. Is this Patroni's REST API?");
        if (response.StatusCode == HttpStatusCode.Forbidden)
            throw new PatroniOpsException(FailureKind.PermissionDenied, $"{uri}: access denied (403). Patroni may want a client certificate (-ClientCertificate).");
        if (response.StatusCode != HttpStatusCode.OK)
            throw new PatroniOpsException(FailureKind.Refused, $"{uri}: answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        return Json.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
    }

    private static bool IsBrokenConnection(HttpRequestException e) =>
        e.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse
        || e.InnerException is IOException or SocketException { SocketErrorCode: SocketError.ConnectionReset };

    private static PatroniOpsException Explain(Uri uri, TimeSpan allowed, Exception e) => e switch
    {
        OperationCanceledException => new(FailureKind.Timeout, $"{uri}: no answer within {allowed.TotalSeconds:0.#} s. The member may hang; -Timeout sets the limit.", e),
        JsonException => new(FailureKind.InvalidAnswer, $"{uri}: the answer is not JSON as Patroni writes it. Is this Patroni's REST API?", e),
        HttpRequestException { InnerException: AuthenticationException inner } => new(FailureKind.Tls,
            $"{uri}: TLS failed: {inner.Message.TrimEnd('.')}. Give the authority with -CertificateAuthorityPath, or accept any certificate with -SkipCertificateCheck.", e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(FailureKind.InvalidAnswer, $"{uri}: the answer is larger than {MaximumBody >> 20} MiB, or its head than {LargestHead} KiB.", e),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded } => new(FailureKind.InvalidAnswer,
            $"{uri}: the connection ended without a valid HTTP answer. Does the port speak TLS (https), or is it another service's?", e),
        HttpRequestException => new(FailureKind.Unreachable, $"{uri}: not reachable: {(e.InnerException ?? e).Message.TrimEnd('.')}.", e),
        _ => new(FailureKind.Unreachable, $"{uri}: {e.Message.TrimEnd('.')}.", e),
    };
}

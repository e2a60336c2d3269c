using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatroniOps.Lab;

/// <summary>One member's REST API, with the lab's credentials for unsafe calls.</summary>
public sealed class PatroniClient : IDisposable
{
    private readonly HttpClient http;

    internal PatroniClient(Uri api, LabLogin login)
    {
        http = new HttpClient { BaseAddress = api, Timeout = TimeSpan.FromSeconds(5) };
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.Password}"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", basic);
    }

    /// <summary>GET of a path whose body is JSON; the status code does not matter (health checks answer 503 with a body).</summary>
    public async Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken = default)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken)
            ?? throw new JsonException($"{path} answered null.");
    }

    /// <summary>The status code of a health check.</summary>
    public async Task<int> StatusAsync(string path, CancellationToken cancellationToken = default)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>An unsafe call; returns the answer's text.</summary>
    /// <exception cref="LabException">Patroni refused.</exception>
    public async Task<string> SendAsync(HttpMethod method, string path, JsonObject? body = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        // Patroni answers 411 to a body without a Content-Length, which JsonContent sends.
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? text
            : throw new LabException($"{method} {http.BaseAddress}{path.TrimStart('/')} answered {(int)response.StatusCode}: {text}");
    }

    public void Dispose() => http.Dispose();
}

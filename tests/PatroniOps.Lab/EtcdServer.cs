using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab;

/// <summary>The lab's single etcd.</summary>
internal sealed class EtcdServer(Uri client, LabPaths paths, Launcher launcher) : IDisposable
{
    private const string Name = "etcd";

    private readonly HttpClient http = new() { BaseAddress = client, Timeout = TimeSpan.FromSeconds(5) };

    private string[]? command;

    public string Log => Path.Combine(paths.Logs, "etcd.log");

    public void Start(Uri peer)
    {
        command =
        [
            "etcd", "--name", "lab", "--data-dir", Path.Combine(paths.Etcd, "data"),
            "--listen-client-urls", Text(client), "--advertise-client-urls", Text(client),
            "--listen-peer-urls", Text(peer), "--initial-advertise-peer-urls", Text(peer),
            "--initial-cluster", $"lab={Text(peer)}",
            // It elects itself; there is nobody to wait for.
            "--heartbeat-interval", "20", "--election-timeout", "200",
        ];
        Restart();
    }

    /// <summary>Starts it again, on the same data and at the same addresses.</summary>
    public void Restart() => launcher.Start(Name, command ?? throw new LabException("Another program has started etcd."), Log);

    public Task WaitHealthyAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        Poll.UntilAsync(
            $"etcd (log: {Log})",
            timeout,
            async token =>
            {
                if (launcher.PidFileOf(Name).Read() is null)
                    throw new LabException($"etcd ended. {LogTail.Of(Log)}");
                var health = await http.GetFromJsonAsync<JsonObject>(new Uri("/health", UriKind.Relative), token);
                return health?["health"]?.GetValue<string>() == "true" ? null : "it is not healthy yet";
            },
            cancellationToken);

    /// <summary>Whether a key exists.</summary>
    public async Task<bool> HasKeyAsync(string key, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["key"] = Encoded(key) };
        using var response = await http.PostAsJsonAsync(new Uri("/v3/kv/range", UriKind.Relative), request, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return answer?["kvs"] is JsonArray { Count: > 0 };
    }

    /// <summary>Writes a key, whatever it held.</summary>
    public async Task PutKeyAsync(string key, string value, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["key"] = Encoded(key), ["value"] = Encoded(value) };
        using var response = await http.PostAsJsonAsync(new Uri("/v3/kv/put", UriKind.Relative), request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Deletes a key, as its expiry would.</summary>
    public async Task DeleteKeyAsync(string key, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["key"] = Encoded(key) };
        using var response = await http.PostAsJsonAsync(new Uri("/v3/kv/deleterange", UriKind.Relative), request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (launcher.PidFileOf(Name).Read() is { } process)
            await process.EndAsync(LabSignal.Terminate, TimeSpan.FromSeconds(5), cancellationToken);
        launcher.PidFileOf(Name).Delete();
    }

    /// <summary>Stopped, it answers nobody until it goes on.</summary>
    public bool Signal(LabSignal signal) => launcher.PidFileOf(Name).Read()?.Signal(signal) == true;

    public void Dispose() => http.Dispose();

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Text(Uri uri) => uri.ToString().TrimEnd('/');
}

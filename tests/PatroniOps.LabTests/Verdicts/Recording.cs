using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.Snapshots;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>
/// Writes what was judged into a folder, when PATRONIOPS_RECORD names one: the snapshot, and in index.json the verdict and findings that it gave.
/// examples/incidents was made that way.
/// </summary>
internal static class Recording
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Folder => Environment.GetEnvironmentVariable("PATRONIOPS_RECORD");

    /// <summary>Labs that are recorded lie where their paths tell nothing of the machine.</summary>
    public static string LabDirectory(string kind) => Path.Combine(Path.GetTempPath(), Folder is null ? $"patroniops-verdicts-{kind}" : "demo");

    public static async Task WriteAsync(string name, ScenarioResult broken, ClusterSnapshot snapshot, Thresholds limits, LabConnection lab)
    {
        if (Folder is not { } folder)
            return;
        AssertNoSecret(snapshot, lab.Credentials);
        Directory.CreateDirectory(folder);
        await SnapshotFile.SaveAsync(snapshot, Path.Combine(folder, $"{name}.json"), default);
        var path = Path.Combine(folder, "index.json");
        var index = File.Exists(path) ? JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject() : [];
        index[name] = Entry(broken, ClusterDiagnosis.Judge(snapshot, limits), limits);
        var sorted = new JsonObject(index.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => KeyValuePair.Create(e.Key, e.Value?.DeepClone())));
        await File.WriteAllTextAsync(path, sorted.ToJsonString(Indented) + "\n");
    }

    private static JsonObject Entry(ScenarioResult broken, ClusterVerdict verdict, Thresholds limits) => new()
    {
        ["whatHappened"] = broken.Summary,
        ["notStreamingSeconds"] = limits.NotStreaming.TotalSeconds,
        ["verdict"] = verdict.Verdict.ToString(),
        ["members"] = new JsonObject(verdict.Members.Select(m => KeyValuePair.Create(m.Member, (JsonNode?)m.Verdict.ToString()))),
        ["findings"] = new JsonArray([.. verdict.Findings.Select(f => (JsonNode?)$"{f.Member ?? "cluster"} {f.Id} {f.Severity}")]),
    };

    internal static void AssertNoSecret(ClusterSnapshot snapshot, LabCredentials credentials)
    {
        var text = System.Text.Encoding.UTF8.GetString(SnapshotFile.ToJson(snapshot));
        foreach (var login in new[] { credentials.Superuser, credentials.Replication, credentials.Rewind, credentials.Observer, credentials.Rest })
            Assert.DoesNotContain(login.Password, text, StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Unattended;

/// <summary>One operation of a resource, called as dsc calls it: by the manifest's words, in its folder, the instance on standard input.</summary>
/// <param name="ExitCode">By the manifest's table.</param>
/// <param name="Lines">The JSON lines of standard output.</param>
/// <param name="Messages">The JSON lines of standard error.</param>
internal sealed record DscRun(int ExitCode, IReadOnlyList<JsonNode> Lines, IReadOnlyList<JsonNode> Messages)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public JsonNode State => Lines[0];

    /// <summary>The second line.</summary>
    public IReadOnlyList<string> Different => [.. Lines[1].AsArray().Select(n => (string)n!)];

    /// <summary>The first message of a level.</summary>
    public string? Message(string level) => (string?)Messages.FirstOrDefault(m => m[level] is not null)?[level];

    /// <param name="lab">Where to.</param>
    /// <param name="manifest">The file of the manifest.</param>
    /// <param name="operation">Its key in the manifest.</param>
    /// <param name="instance">As JSON; empty for none.</param>
    /// <param name="uri">In the place of the lab's addresses.</param>
    public static async Task<DscRun> CallAsync(LabCluster lab, string manifest, string operation, string instance, string? uri = null)
    {
        var method = JsonNode.Parse(await File.ReadAllTextAsync(manifest))![operation]!;
        var program = (string)method["executable"]!;
        var info = new ProcessStartInfo(program == "patroniops" ? ModuleSession.HostProgram : program, method["args"]!.AsArray().Select(a => (string)a!))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(manifest),
        };
        var logins = lab.Connection.Credentials;
        (info.Environment["PATRONIOPS_REST_USERNAME"], info.Environment["PATRONIOPS_REST_PASSWORD"]) = (logins.Rest.Username, logins.Rest.Password);
        (info.Environment["PATRONIOPS_PG_USERNAME"], info.Environment["PATRONIOPS_PG_PASSWORD"]) = (logins.Observer.Username, logins.Observer.Password);
        info.Environment["PATRONIOPS_URI"] = uri ?? string.Join(',', lab.Members.Select(m => m.ApiUri));
        using var process = Process.Start(info)!;
        await process.StandardInput.WriteAsync(instance);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        // Every line of both is JSON, or this fails.
        return new DscRun(process.ExitCode, Parsed(await output), Parsed(await errors));
    }

    private static List<JsonNode> Parsed(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
}

using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Help;

/// <summary>Runs the blocks that are not PowerShell's: those of a shell in a home of their own, and those of SQL on the leader.</summary>
/// <param name="lab">The lab.</param>
/// <param name="folder">Where they are run, and their home.</param>
/// <param name="places">What the documents name, and what it is in the lab.</param>
internal sealed class DocumentedBlockRun(LabCluster lab, string folder, IReadOnlyDictionary<string, string> places)
{
    private const string Prompt = "$ ";

    /// <summary>Null when it did what it shows.</summary>
    public async Task<string?> FailureAsync(DocumentedBlock block, LabMember leader)
    {
        var code = places.Aggregate(block.Code, (text, place) => text.Replace(place.Key, place.Value, StringComparison.Ordinal));
        return block.Info == "sql" ? await SqlFailureAsync(block, code, leader) : await ShellFailureAsync(block, code);
    }

    private static async Task<string?> SqlFailureAsync(DocumentedBlock block, string code, LabMember leader)
    {
        try
        {
            await leader.ExecuteAsync(code);
            await leader.ExecuteAsync("DROP ROLE observer");
            return null;
        }
        catch (Npgsql.PostgresException e)
        {
            return $"{block.Place}: {e.Message}";
        }
    }

    // Behind a prompt stands a command and below it what it printed; without a prompt every line is a command.
    private async Task<string?> ShellFailureAsync(DocumentedBlock block, string code)
    {
        var observer = lab.Connection.Credentials.Observer;
        await File.WriteAllTextAsync(Path.Combine(folder, "pg.password"), observer.Password);
        await File.WriteAllTextAsync(Path.Combine(folder, "check.ps1"), $"Test-PatroniCluster -Uri {lab.Members[0].ApiUri} -PostgresCredential $PostgresCredential");
        var lines = code.Split('\n');
        var printed = lines[0].StartsWith(Prompt, StringComparison.Ordinal) ? string.Join('\n', lines[1..]) : "";
        var run = await ShellRun.RunAsync(lines[0].StartsWith(Prompt, StringComparison.Ordinal) ? $"set +e; {lines[0][Prompt.Length..]}" : code, folder, new Dictionary<string, string>
        {
            ["HOME"] = folder, ["PATH"] = $"{Path.GetDirectoryName(ModuleSession.HostProgram)}:{Environment.GetEnvironmentVariable("PATH")}",
            ["PATRONIOPS_PG_USERNAME"] = observer.Username, ["PATRONIOPS_PG_PASSWORD"] = observer.Password,
        });
        return run.ExitCode != 0 ? $"{block.Place}: exit code {run.ExitCode}: {run.Output}{run.Error}"
            : printed.Length > 0 && run.Output.TrimEnd() != printed ? $"{block.Place} printed:\n{run.Output}"
            : null;
    }
}

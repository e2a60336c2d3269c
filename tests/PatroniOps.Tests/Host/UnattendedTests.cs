using System.Text.Json.Nodes;

namespace PatroniOps.Tests.Host;

/// <summary>What timers and jobs need of <c>patroniops</c>: a lock, a log, one document, and the exit code of a script file.</summary>
public sealed class UnattendedTests(SmallModule module) : HostTest(module)
{
    [Fact]
    public async Task A_second_run_ends_with_75_and_does_nothing()
    {
        var file = Path.Combine(Module.Folder, "run.lock");
        await using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("Another run holds", await FailAsync(75, "-LockPath", file, "-Command", "'done'"), StringComparison.Ordinal);
        Assert.Equal(["done"], (await SucceedAsync("-LockPath", file, "-Command", "'done'")).Lines);
    }

    [Fact]
    public async Task A_second_run_waits_for_the_first()
    {
        var file = Path.Combine(Module.Folder, "wait.lock");
        Task<HostRun> second;
        await using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            second = SucceedAsync("-LockPath", file, "-LockWait", "30", "-Command", "'done'");
            await Task.Delay(1000);
            Assert.False(second.IsCompleted);
        }
        Assert.Equal(["done"], (await second).Lines);
    }

    [Fact]
    public async Task The_log_is_JSON_lines_with_one_correlation_id_and_the_exit_code()
    {
        var file = Path.Combine(Module.Folder, "log.jsonl");
        var start = new HostStart("-Module", Module.Folder, "-LogPath", file, "-Verbose", "-Command", "Write-Stream; throw \"a 'bad'\nend\"")
        {
            Environment = new() { ["PATRONIOPS_CORRELATION_ID"] = "job-7", ["PATRONIOPS_PG_USERNAME"] = "u", ["PATRONIOPS_PG_PASSWORD"] = "s3cret" },
        };
        var run = await PatroniOpsProcess.RunAsync(start);
        var lines = (await File.ReadAllLinesAsync(file)).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(1, run.ExitCode);
        Assert.All(lines, l => Assert.Equal("job-7", (string)l["correlationId"]!));
        Assert.Equal(["info", "warning", "verbose", "error", "info"], lines.Select(l => (string)l["level"]!));
        Assert.Equal("a 'bad' end", (string)lines[3]["message"]!);
        Assert.Equal(1, (int)lines[^1]["exitCode"]!);
        Assert.DoesNotContain("s3cret", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_standard_error_the_log_takes_the_place_of_text()
    {
        var run = await RunAsync("-LogPath", "-", "-Command", "Write-Stream");
        Assert.Equal(0, run.ExitCode);
        Assert.All(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => Assert.NotNull(JsonNode.Parse(l)!["time"]));
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_no_run() =>
        Assert.Contains("The log cannot be written", await FailAsync(2, "-LogPath", Path.Combine(Module.Folder, "absent", "log"), "-Command", "1"), StringComparison.Ordinal);

    [Fact]
    public async Task The_result_is_one_document_also_of_a_failure()
    {
        var run = await RunAsync("-Output", "result", "-Command", "Get-Sample; Write-Stream; $Host.UI.WriteWarningLine('mind'); throw 'no'");
        var document = JsonNode.Parse(Assert.Single(run.Lines))!;
        Assert.Equal((1, 1), (run.ExitCode, (int)document["exitCode"]!));
        Assert.Equal((2, "a", "no"), (document["objects"]!.AsArray().Count, (string)document["objects"]![0]!["Name"]!, (string)document["errors"]![0]!));
        Assert.Equal(["a warning", "mind"], document["warnings"]!.AsArray().Select(w => (string)w!));
    }

    [Theory]
    [InlineData("exit 5", 5)]
    [InlineData("exit 0", 0)]
    [InlineData("'x'", 0)]
    [InlineData("throw 'no'", 1)]
    public async Task The_exit_code_of_a_script_file_is_the_scripts(string text, int code) =>
        Assert.Equal(code, (await RunAsync("-File", Module.AddFile("exit.ps1", text))).ExitCode);
}

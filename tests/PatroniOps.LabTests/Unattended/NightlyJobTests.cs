using System.Diagnostics;
using System.Text.Json.Nodes;
using PatroniOps.Lab;
using PatroniOps.LabTests.Backups;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Unattended;

/// <summary>The nightly job of examples/scheduled, with its timer's units, run as its service runs it.</summary>
[Trait("Category", "Long")]
public sealed class NightlyJobTests(NightlyJobTests.Fixture fixture) : IClassFixture<NightlyJobTests.Fixture>
{
    private static readonly string Examples = Path.Combine(Path.GetDirectoryName(ModuleSession.Manifest)!, "examples", "scheduled");

    public sealed class Fixture() : LabFixture("nightly", new LabOptions { Members = 2, Archive = ArchiveKind.Directory });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task It_checks_verifies_restores_and_writes_metrics_and_a_second_one_stays_out()
    {
        using var work = new ScratchFolder();
        using var backups = new ScratchFolder();
        var leader = await Lab.TheLeaderAsync();
        await Lab.BaseBackUpAsync(leader, Path.Combine(backups.Path, "nightly"));
        await leader.ExecuteAsync("SELECT pg_switch_wal()");
        var settings = Path.Combine(work.Path, "nightly.psd1");
        await File.WriteAllTextAsync(settings, $$"""
            @{
                Uri = @({{string.Join(", ", Lab.Members.Select(m => $"'{m.ApiUri}'"))}})
                Archive = '{{Lab.Paths.Archive}}'
                Ledger = '{{work.Path}}/ledger.jsonl'
                Repository = '{{backups.Path}}/nightly'
                ArchivePath = '{{Lab.Paths.Archive}}'
                DatabaseUser = '{{Lab.Connection.Credentials.Superuser.Username}}'
                ScratchPath = '{{work.Path}}'
                MetricFolder = '{{work.Path}}'
            }
            """);
        var first = await RunAsync(work.Path, settings);
        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        Assert.StartsWith("PATRONIOPS OK - ", first.Output, StringComparison.Ordinal);
        Assert.Contains("it was not restored", first.Output, StringComparison.Ordinal);
        Assert.Contains("patroniops_cluster_verdict", await File.ReadAllTextAsync(Path.Combine(work.Path, "patroniops.prom")), StringComparison.Ordinal);
        Assert.Contains("patroniops_archive_test_verdict", await File.ReadAllTextAsync(Path.Combine(work.Path, "patroniops-archive.prom")), StringComparison.Ordinal);
        var backup = Path.Combine(work.Path, "patroniops-backup.prom");
        Assert.Matches("patroniops_backup_test_restored\\{.*\\} 0", await File.ReadAllTextAsync(backup));
        // Messages come as JSON lines with one id.
        Assert.Single(first.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (string)JsonNode.Parse(l)!["correlationId"]!).Distinct());

        var restored = await RunAsync(work.Path, settings, "-Restore");
        Assert.True(restored.ExitCode == 0, restored.Output + restored.Errors);
        Assert.Contains("it was restored, and every check passed", restored.Output, StringComparison.Ordinal);
        Assert.Matches("patroniops_backup_test_restored\\{.*\\} 1", await File.ReadAllTextAsync(backup));

        await using (new FileStream(Path.Combine(work.Path, "nightly.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(75, (await RunAsync(work.Path, settings)).ExitCode);
    }

    [Fact]
    public async Task A_step_that_fails_makes_it_unknown_and_never_well()
    {
        using var work = new ScratchFolder();
        var settings = Path.Combine(work.Path, "nightly.psd1");
        await File.WriteAllTextAsync(settings, $$"""@{ Uri = '{{Lab.Members[0].ApiUri}}'; Archive = '{{work.Path}}/absent' }""");
        var run = await RunAsync(work.Path, settings);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("PATRONIOPS UNKNOWN - ", run.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(settings, "@{ Uri = (Get-PatroniConnection) }");
        Assert.NotEqual(0, (await RunAsync(work.Path, settings)).ExitCode);
    }

    [Fact]
    public async Task Systemd_accepts_the_units()
    {
        using var work = new ScratchFolder();
        foreach (var unit in new[] { "patroniops-nightly.service", "patroniops-nightly.timer" })
            await File.WriteAllTextAsync(Path.Combine(work.Path, unit), (await File.ReadAllTextAsync(Path.Combine(Examples, unit))).Replace("/opt/patroniops/patroniops", ModuleSession.HostProgram, StringComparison.Ordinal));
        var (exitCode, output, errors) = await ProcessAsync(new ProcessStartInfo("systemd-analyze", ["verify", Path.Combine(work.Path, "patroniops-nightly.service"), Path.Combine(work.Path, "patroniops-nightly.timer")]));
        Assert.True(exitCode == 0, output + errors);
    }

    // As the service does.
    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string work, string settings, params string[] more)
    {
        var info = new ProcessStartInfo(ModuleSession.HostProgram,
            ["-LockPath", Path.Combine(work, "nightly.lock"), "-LogPath", "-", "-File", Path.Combine(Examples, "patroniops-nightly.ps1"), "-ConfigurationPath", settings, .. more]);
        var observer = Lab.Connection.Credentials.Observer;
        (info.Environment["PATRONIOPS_PG_USERNAME"], info.Environment["PATRONIOPS_PG_PASSWORD"]) = (observer.Username, observer.Password);
        return ProcessAsync(info);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> ProcessAsync(ProcessStartInfo info)
    {
        (info.RedirectStandardInput, info.RedirectStandardOutput, info.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}

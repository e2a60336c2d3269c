using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PatroniOps.Lab;

namespace PatroniOps.Benchmarks;

/// <summary>
/// Test-WalArchive beside what reads WAL today, on the same files with a warm page cache: pg_waldump on plain segments, pgbackrest verify on the lz4
/// repository that they come from and on the same with zstd, and ls on a million names.
/// </summary>
internal sealed class WalArchiveScan : IDisposable
{
    private const int Rows = 15_000_000;
    private const int RowsAtATime = 500_000;
    private const int Names = 1_000_000;
    private const string Waldump = "/usr/lib/postgresql/15/bin/pg_waldump";

    private readonly Product product;
    private readonly string root = Path.Combine(Path.GetTempPath(), $"patroniops-bench-{Environment.ProcessId}");
    private readonly Runspace runspace;

    public WalArchiveScan(Product product)
    {
        this.product = product;
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([product.Manifest]);
        runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
    }

    private string Plain => Path.Combine(root, "plain");

    private string Many => Path.Combine(root, "many");

    private string Zstd => Path.Combine(root, "zstd");

    public async Task<WalArchiveFigures> MeasureAsync(int pairs)
    {
        await using var lab = await LabCluster.StartAsync(
            new LabOptions { Directory = Path.Combine(root, "lab"), Members = 1, Archive = ArchiveKind.PgBackRest, PgBackRestCompression = "lz4" }, line => Console.Error.WriteLine($"lab: {line}"));
        var config = await FillAsync(lab);
        var repository = lab.Connection.Archive.Path!;
        WriteZstd(repository);
        WriteNames();
        // Else the kernel would write all that out on the second core meanwhile.
        Child.Run("sync", []);
        var names = Directory.EnumerateFiles(Plain).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToList();
        var load = Load();
        Comparison[] comparisons =
        [
            Comparison.Run("`Test-WalArchive -Deep`, one worker, plain", () => Deep(Plain, 1), "`pg_waldump --quiet`", () => Child.Run(Waldump, ["--quiet", "-p", Plain, names[0], names[^1]]), pairs, target: 1 / 1.3),
            Comparison.Run("`Test-WalArchive -Deep`, two workers, plain", () => Deep(Plain, 2), "the same with one", () => Deep(Plain, 1), pairs, target: 1 / 1.8),
            Comparison.Run("`Test-WalArchive -Deep`, one worker, lz4 repository, sums and records", () => Deep(repository, 1), "`pgbackrest verify`, one process", () => Verify(lab, config, repository, 1), pairs, target: 1),
            Comparison.Run("the same with two workers", () => Deep(repository, 2), "the same with two processes", () => Verify(lab, config, repository, 2), pairs, target: 1),
            Comparison.Run("`Test-WalArchive -Deep -SkipSum`, one worker, lz4 repository, records alone", () => Deep(repository, 1, "-SkipSum"), "`pgbackrest verify`, one process", () => Verify(lab, config, repository, 1), pairs, target: 1 / 1.5),
            Comparison.Run("`Test-WalArchive -Deep`, one worker, zstd repository, sums and records", () => Deep(Zstd, 1), "`pgbackrest verify`, one process", () => Verify(lab, config, Zstd, 1), pairs, target: null),
            Comparison.Run("`Test-WalArchive -Deep -SkipSum`, one worker, zstd repository, records alone", () => Deep(Zstd, 1, "-SkipSum"), "`pgbackrest verify`, one process", () => Verify(lab, config, Zstd, 1), pairs, target: 1),
            Comparison.Run($"`Test-WalArchive -NameOnly` on {Names} names", () => Invoke($"Test-WalArchive '{Many}' -NameOnly"), "`ls -U \\| wc -l`", ListMany, pairs, target: 3),
            Comparison.Run($"`Test-WalArchive` on {Names} names and sizes", () => Invoke($"Test-WalArchive '{Many}'"), "`ls -U \\| wc -l`", ListMany, pairs, target: null),
        ];
        return new(comparisons, [.. Ledger(), .. Memory(), Deleted(lab, config, repository)], new DirectoryInfo(Plain).EnumerateFiles().Sum(f => f.Length), $"{load} to {Load()}");
    }

    public void Dispose()
    {
        runspace.Dispose();
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
    }

    // Copied rows, full page images after a checkpoint, small updates.
    private async Task<string> FillAsync(LabCluster lab)
    {
        var leader = await lab.LeaderAsync() ?? throw new InvalidOperationException("There is no leader.");
        await leader.ExecuteAsync("CREATE TABLE lab.copied (i int, t text)");
        for (var i = 0; i < Rows; i += RowsAtATime)
            await leader.ExecuteAsync($"COPY lab.copied FROM PROGRAM 'seq {i + 1} {i + RowsAtATime} | awk ''{{print $1 \"\\t\" $1 * 7919 \"-\" $1 % 97}}'''");
        await leader.ExecuteAsync("CHECKPOINT");
        await leader.ExecuteAsync("UPDATE lab.copied SET t = t || 'x' WHERE i % 20 = 0");
        await leader.ScalarAsync<object>("SELECT pg_switch_wal()");
        for (var until = Environment.TickCount64 + 300_000; await leader.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready')"); await Task.Delay(500))
            if (Environment.TickCount64 > until)
                throw new InvalidOperationException("The archiver is not done after five minutes.");
        var config = lab.Paths.PgBackRestConfig(leader.Name);
        // A server that vacuums what was written would have one of the cores.
        await leader.StopAsync();
        Directory.CreateDirectory(Plain);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(lab.Connection.Archive.Path!, "archive"), "*.lz4", SearchOption.AllDirectories))
            Child.Run("lz4", ["-dqf", file, Path.Combine(Plain, Path.GetFileName(file)[..24])]);
        return config;
    }

    // The same files under the same sums, compressed as pgBackRest does by default.
    private void WriteZstd(string repository)
    {
        Child.Run("cp", ["-r", repository, Zstd]);
        foreach (var file in Directory.EnumerateFiles(Zstd, "*.lz4", SearchOption.AllDirectories).Where(f => f.Contains("/archive/", StringComparison.Ordinal)).ToList())
        {
            Child.Run("sh", ["-c", "lz4 -dcq \"$0\" | zstd -q -3 -o \"$1\"", file, Path.ChangeExtension(file, "zst")]);
            File.Delete(file);
        }
    }

    private void WriteNames()
    {
        Directory.CreateDirectory(Many);
        for (var i = 0; i < Names; i++)
            using (var file = File.OpenHandle(Path.Combine(Many, string.Create(CultureInfo.InvariantCulture, $"00000001{i >> 8:X8}{i & 0xFF:X8}")), FileMode.Create, FileAccess.Write))
                RandomAccess.SetLength(file, 16 << 20);
    }

    private List<string> Ledger()
    {
        var ledger = Path.Combine(root, "ledger");
        return [.. new[] { "first", "second" }.Select(run =>
        {
            var watch = Stopwatch.StartNew();
            var figures = Invoke($"(Test-WalArchive '{Plain}' -Deep -Ledger '{ledger}').Verification");
            return string.Create(CultureInfo.InvariantCulture,
                $"With `-Ledger`, the {run} run over an archive that does not change: {figures.Properties["SegmentsRead"].Value} segments and {figures.Properties["BytesRead"].Value} bytes of WAL read, {figures.Properties["SegmentsKnown"].Value} known, {watch.ElapsedMilliseconds} ms.");
        })];
    }

    // The most that a process of its own ever had in memory, PowerShell's engine included.
    private IEnumerable<string> Memory()
    {
        foreach (var (what, script) in new[] { ("a script that does nothing", "$null"), ($"`Test-WalArchive -Deep` on {Path.GetFileName(Plain)} segments, two workers", $"Test-WalArchive '{Plain}' -Deep -ThrottleLimit 2"), ($"`Test-WalArchive` on {Names} names and sizes", $"Test-WalArchive '{Many}'"), ($"`Test-WalArchive -NameOnly` on {Names} names", $"Test-WalArchive '{Many}' -NameOnly") })
        {
            var status = Child.Run(product.Executable, ["-Command", $"$null = {script}; [IO.File]::ReadAllText('/proc/self/status')"]);
            var most = status.Split('\n').Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))["VmHWM:".Length..].Trim().Split(' ')[0];
            yield return string.Create(CultureInfo.InvariantCulture, $"Memory of a whole process, at most, for {what}: {int.Parse(most, CultureInfo.InvariantCulture) / 1024} MB.");
        }
    }

    private string Deleted(LabCluster lab, string config, string repository)
    {
        var file = Directory.EnumerateFiles(Path.Combine(repository, "archive"), "*.lz4", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ElementAt(5);
        File.Delete(file);
        Verify(lab, config, repository, 1);
        var test = Invoke($"Test-WalArchive '{repository}' -Deep -GracePeriod 0.001", isGood: false);
        return $"With {Path.GetFileName(file)[..24]} deleted, `pgbackrest verify` ends with exit code 0, and `Test-WalArchive` says {test.Properties["Verdict"].Value}: {test.Properties["Reason"].Value}";
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private void ListMany() => Child.Run("sh", ["-c", $"ls -U '{Many}' | wc -l"]);

    private static void Verify(LabCluster lab, string config, string repository, int processes) =>
        Child.Run("pgbackrest", [$"--config={config}", $"--stanza={lab.Options.Scope}", $"--repo1-path={repository}", $"--process-max={processes}", "verify"]);

    private void Deep(string path, int workers, string more = "") => Invoke($"Test-WalArchive '{path}' -Deep -ThrottleLimit {workers} {more}");

    private PSObject Invoke(string script, bool isGood = true)
    {
        using var shell = PowerShell.Create(runspace);
        var test = shell.AddScript(script).Invoke();
        return test.Count == 1 && !shell.HadErrors && (test[0].Properties["Verdict"] is not { } verdict || verdict.Value.ToString() == "Good" == isGood)
            ? test[0]
            : throw new InvalidOperationException($"{script} did not find the archive as it is: {test.FirstOrDefault()?.Properties["Reason"]?.Value}");
    }
}

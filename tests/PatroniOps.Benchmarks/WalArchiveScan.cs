using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PatroniOps.Lab;

namespace PatroniOps.Benchmarks;

/// <summary>
/// Test-WalArchive beside what reads WAL today, on the same files with a warm page cache: pg_waldump on plain segments, pgbackrest verify on the lz4
/// repository that they come from, and ls on a million names.
/// </summary>
internal sealed class WalArchiveScan : IDisposable
{
    private const int Rows = 5_000_000;
    private const int RowsAtATime = 500_000;
    private const int Names = 1_000_000;
    private const string Waldump = "/usr/lib/postgresql/15/bin/pg_waldump";

    private readonly string root = Path.Combine(Path.GetTempPath(), $"patroniops-bench-{Environment.ProcessId}");
    private readonly Runspace runspace;

    public WalArchiveScan(Product product)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([product.Manifest]);
        runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
    }

    /// <summary>Bytes of the plain segments.</summary>
    public long Bytes { get; private set; }

    private string Plain => Path.Combine(root, "plain");

    private string Many => Path.Combine(root, "many");

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(int pairs)
    {
        await using var lab = await LabCluster.StartAsync(
            new LabOptions { Directory = Path.Combine(root, "lab"), Members = 1, Archive = ArchiveKind.PgBackRest, PgBackRestCompression = "lz4" }, line => Console.Error.WriteLine($"lab: {line}"));
        var config = await FillAsync(lab);
        var repository = lab.Connection.Archive.Path!;
        WriteNames();
        var names = Directory.EnumerateFiles(Plain).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToList();
        return
        [
            Comparison.Run("`Test-WalArchive -Deep`, one worker, plain", () => Deep(Plain, 1), "`pg_waldump --quiet`", () => Child.Run(Waldump, ["--quiet", "-p", Plain, names[0], names[^1]]), pairs, target: 1 / 1.3),
            Comparison.Run("`Test-WalArchive -Deep`, two workers, plain", () => Deep(Plain, 2), "the same with one", () => Deep(Plain, 1), pairs, target: 1 / 1.8),
            Comparison.Run("`Test-WalArchive -Deep`, one worker, lz4 repository", () => Deep(repository, 1), "`pgbackrest verify`, one process", () => Verify(lab, config, 1), pairs, target: 1),
            Comparison.Run("`Test-WalArchive -Deep`, two workers, lz4 repository", () => Deep(repository, 2), "`pgbackrest verify`, two processes", () => Verify(lab, config, 2), pairs, target: 1),
            Comparison.Run($"`Test-WalArchive` on {Names} names", () => Invoke($"Test-WalArchive '{Many}'"), "`ls -U \\| wc -l`", () => Child.Run("sh", ["-c", $"ls -U '{Many}' | wc -l"]), pairs, target: 3),
        ];
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
        Directory.CreateDirectory(Plain);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(lab.Connection.Archive.Path!, "archive"), "*.lz4", SearchOption.AllDirectories))
            Child.Run("lz4", ["-dqf", file, Path.Combine(Plain, Path.GetFileName(file)[..24])]);
        Bytes = new DirectoryInfo(Plain).EnumerateFiles().Sum(f => f.Length);
        return config;
    }

    private void WriteNames()
    {
        Directory.CreateDirectory(Many);
        for (var i = 0; i < Names; i++)
            using (var file = File.OpenHandle(Path.Combine(Many, string.Create(CultureInfo.InvariantCulture, $"00000001{i >> 8:X8}{i & 0xFF:X8}")), FileMode.Create, FileAccess.Write))
                RandomAccess.SetLength(file, 16 << 20);
    }

    private static void Verify(LabCluster lab, string config, int processes) =>
        Child.Run("pgbackrest", [$"--config={config}", $"--stanza={lab.Options.Scope}", $"--process-max={processes}", "verify"]);

    private void Deep(string path, int workers) => Invoke($"Test-WalArchive '{path}' -Deep -ThrottleLimit {workers}");

    private void Invoke(string script)
    {
        using var shell = PowerShell.Create(runspace);
        var test = shell.AddScript(script).Invoke();
        if (test.Count != 1 || shell.HadErrors || test[0].Properties["Gaps"].Value is System.Collections.ICollection { Count: > 0 } || test[0].Properties["IsIntact"].Value is false)
            throw new InvalidOperationException($"{script} did not find the archive good: {test.FirstOrDefault()?.Properties["Reason"].Value}");
    }
}

using System.Diagnostics;
using Npgsql;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Wal;

/// <summary>A PostgreSQL of any major version on a socket of its own, without TCP, that archives into a directory. All of it goes with the test.</summary>
internal sealed class ScratchServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string root;
    private readonly string bin;
    private Process? server;

    private ScratchServer(string root, string bin) => (this.root, this.bin) = (root, bin);

    /// <summary>Where the segments come.</summary>
    public string Archive => Path.Combine(root, "archive");

    private string Data => Path.Combine(root, "data");

    /// <summary>Makes a cluster with segments of so many megabytes and starts it.</summary>
    public static async Task<ScratchServer> StartAsync(string bin, int segmentMegabytes)
    {
        var root = Directory.CreateTempSubdirectory("pops-wal-").FullName;
        var server = new ScratchServer(root, bin);
        Directory.CreateDirectory(server.Archive);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", ["-R", "postgres", root]);
        await RunAsync(Become(Path.Combine(bin, "initdb"), ["-D", server.Data, "-U", "postgres", "-A", "trust", "--no-sync", "-k", $"--wal-segsize={segmentMegabytes}"]));
        await server.BeginAsync();
        return server;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"Host={root};Username=postgres;Database=postgres;Command Timeout=300;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Kills it in the middle of whatever it does, and starts it again.</summary>
    public async Task CrashAsync()
    {
        server!.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        await BeginAsync();
    }

    /// <summary>Ends the segment and waits until all are in the archive.</summary>
    public async Task<IReadOnlyList<string>> ArchiveAllAsync()
    {
        await ExecuteAsync("SELECT pg_switch_wal()");
        var ready = Path.Combine(Data, "pg_wal", "archive_status");
        await Eventually.Read(Patience, () => Directory.EnumerateFiles(ready, "*.ready").Any(), isAnyLeft => !isAnyLeft);
        return [.. Directory.EnumerateFiles(Archive).Where(f => Path.GetFileName(f).Length == 24).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(root, recursive: true);
    }

    private async Task BeginAsync()
    {
        Start();
        await Eventually.ReadAsync(Patience, IsUpAsync, isUp => isUp);
    }

    private void Start()
    {
        var (program, arguments) = Become(Path.Combine(bin, "postgres"),
        [
            "-D", Data, "-k", root, "-c", "listen_addresses=", "-c", "archive_mode=on", "-c", $"archive_command=cp \"%p\" \"{Archive}/%f\"", "-c", "fsync=off",
            "-c", "max_wal_size=32MB", "-c", "logging_collector=on", "-c", "shared_buffers=16MB",
        ]);
        server = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
    }

    private async Task<bool> IsUpAsync()
    {
        // The last processes of one that was killed hold its shared memory for a moment, and the next one ends.
        if (server!.HasExited)
        {
            server.Dispose();
            Start();
        }
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // PostgreSQL refuses to run as root.
    private static (string Program, IReadOnlyList<string> Arguments) Become(string program, IReadOnlyList<string> arguments) =>
        Environment.IsPrivilegedProcess ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", program, .. arguments]) : (program, arguments);

    private static Task RunAsync((string Program, IReadOnlyList<string> Arguments) command) => RunAsync(command.Program, command.Arguments);

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {error}{await output}");
    }
}

using System.Text;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Backups;

/// <summary>A PostgreSQL on a restored directory: behind a private socket, without TCP, archiving nothing, following nobody. It ends with its holder.</summary>
internal sealed class ScratchServer : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);

    private readonly PostgresPrograms programs;
    private readonly ScratchDirectory scratch;
    private readonly RestoreOptions options;
    private readonly NodeProcess process;

    private ScratchServer(PostgresPrograms programs, ScratchDirectory scratch, RestoreOptions options, NodeProcess process)
    {
        (this.programs, this.scratch, this.options, this.process) = (programs, scratch, options, process);
        Log = new ServerLog(process);
    }

    public ServerLog Log { get; }

    /// <summary>Starts recovery.</summary>
    public static async Task<ScratchServer> StartAsync(PostgresPrograms programs, ScratchDirectory scratch, RestoreOptions options, string restoreCommand, CancellationToken cancellationToken)
    {
        var files = new NodeFiles(programs.Node, programs.RunAs);
        var control = await ControlFile.ReadAsync(programs.Node, programs.Call("pg_controldata", "-D", scratch.Data), cancellationToken).ConfigureAwait(false)
            ?? throw new PatroniOpsException(FailureKind.Refused, "the restored directory has no control file that can be read.");
        await files.WriteAsync(scratch.Own("pg_hba.conf"), Encoding.ASCII.GetBytes("local all all trust\n"), "600", null, cancellationToken).ConfigureAwait(false);
        await files.WriteAsync(scratch.Own("pg_ident.conf"), ReadOnlyMemory<byte>.Empty, "600", null, cancellationToken).ConfigureAwait(false);
        // The cluster's own files may ask for certificates, libraries and includes that are not here.
        await files.WriteAsync(scratch.Own("postgresql.conf"), ReadOnlyMemory<byte>.Empty, "600", null, cancellationToken).ConfigureAwait(false);
        await files.WriteAsync(PathOf.Join(scratch.Data, "recovery.signal"), ReadOnlyMemory<byte>.Empty, "600", null, cancellationToken).ConfigureAwait(false);
        await files.RemoveAsync(PathOf.Join(scratch.Data, "standby.signal"), cancellationToken).ConfigureAwait(false);
        var settings = Settings(scratch, options, restoreCommand).Concat(control.Minimums.Select(m => (m.Name, $"{m.Value}")));
        var command = programs.Call("postgres", ["-D", scratch.Data, $"--config-file={scratch.Own("postgresql.conf")}", .. settings.SelectMany(s => (string[])["-c", $"{s.Item1}={s.Item2}"])]);
        return new ScratchServer(programs, scratch, options, await programs.Node.StartAsync(Leash.Tie(command), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Waits until recovery has ended and the server takes writes.</summary>
    /// <exception cref="PatroniOpsException">It ended, or takes longer than it may: the text has the server's own reason.</exception>
    public async Task RecoverAsync(TimeProvider time, Action<string> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (process.HasEnded)
                throw new PatroniOpsException(FailureKind.Refused, $"the server gave up: {Log.Find("FATAL", "PANIC", "HINT") ?? Log.Last}");
            var answer = await AskAsync("postgres", "SELECT pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn()::text, '')", cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess && answer.Output.StartsWith('f'))
                return;
            progress(answer.IsSuccess ? $"recovering, at {answer.Output.Trim().Split('|')[^1]}" : "recovering to consistency");
            if (time.GetElapsedTime(started) > options.RecoveryTimeout)
                throw new PatroniOpsException(FailureKind.Timeout, $"recovery took longer than {options.RecoveryTimeout.TotalMinutes:0} min: {Log.Last}");
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks one statement. A failure is a result.</summary>
    public Task<NodeResult> AskAsync(string database, string sql, CancellationToken cancellationToken) => programs.Node.RunAsync(
        programs.Call("psql", [.. Login("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]), cancellationToken);

    /// <summary>How a client program logs in.</summary>
    public IReadOnlyList<string> Login(string program) => ["-h", scratch.Sockets, "-p", "5432", "-U", options.DatabaseUser, .. program == "psql" ? (string[])["-w"] : []];

    /// <summary>Shuts it down in order.</summary>
    /// <exception cref="PatroniOpsException">It does not stop.</exception>
    public Task StopAsync(CancellationToken cancellationToken) =>
        programs.Node.MustAsync(programs.Call("pg_ctl", "stop", "-D", scratch.Data, "-m", "fast", "-w", "-t", "300"), cancellationToken);

    public void Dispose() => process.Dispose();

    // On the command line they win over whatever ALTER SYSTEM has left in the copy.
    private static IEnumerable<(string, string)> Settings(ScratchDirectory scratch, RestoreOptions options, string restoreCommand) =>
    [
        ("data_directory", scratch.Data), ("hba_file", scratch.Own("pg_hba.conf")), ("ident_file", scratch.Own("pg_ident.conf")), ("external_pid_file", ""),
        ("listen_addresses", ""), ("unix_socket_directories", scratch.Sockets), ("port", "5432"), ("cluster_name", "patroniops-restore-test"),
        ("archive_mode", "off"), ("primary_conninfo", ""), ("primary_slot_name", ""), ("hot_standby", "on"), ("recovery_min_apply_delay", "0"),
        ("archive_cleanup_command", ""), ("recovery_end_command", ""), ("restore_command", restoreCommand),
        ("recovery_target", ""), ("recovery_target_name", ""), ("recovery_target_time", ""), ("recovery_target_xid", ""), ("recovery_target_lsn", ""),
        ("recovery_target_action", "promote"), ("recovery_target_timeline", "latest"),
        ("shared_preload_libraries", ""), ("session_preload_libraries", ""), ("local_preload_libraries", ""), ("shared_buffers", "128MB"), ("huge_pages", "off"), ("ssl", "off"),
        ("synchronous_standby_names", ""), ("max_logical_replication_workers", "0"), ("autovacuum", "off"),
        ("logging_collector", "off"), ("log_destination", "stderr"), ("log_min_messages", "info"), ("lc_messages", "C"),
        .. options.Target.Settings(),
    ];
}

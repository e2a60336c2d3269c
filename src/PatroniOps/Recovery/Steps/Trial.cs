using System.Security.Cryptography;
using System.Text;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Steps;

/// <summary>Runs a data directory as a standby behind a socket of its own until it streams from the leader and has caught up.</summary>
/// <param name="context">The rebuild.</param>
/// <param name="dataDirectory">The directory to run.</param>
/// <param name="restoreCommand">Where WAL comes from that the leader has no more; null: from the leader alone.</param>
internal sealed class Trial(RebuildContext context, string dataDirectory, string? restoreCommand = null)
{
    private const string SocketsAre = "# sockets: ";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(90);

    private string ApplicationName => PasswordFile.ApplicationName(context);

    private string HbaFile => PathOf.Join(context.Job.JournalDirectory, $"{context.Job.Id}.hba");

    /// <exception cref="PatroniOpsException">It does not start, does not stream, or sorts text differently.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        context.Progress(new RebuildProgress("proving that the copy streams"));
        await UndoAsync(cancellationToken).ConfigureAwait(false);
        var snapshot = await context.LookAsync(cancellationToken).ConfigureAwait(false);
        if (snapshot is not { Leader: { Host: { } host, Port: { } port } leader, LeaderLsnAfter: { } target })
            throw new PatroniOpsException(FailureKind.Refused, snapshot.Leader is null ? $"{snapshot.NoLeader}: the copy cannot be proven." : "the leader's position cannot be read: the copy cannot be proven.");
        var sockets = $"/tmp/patroniops.{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        try
        {
            // The socket's directory lets nobody in but the owner; the comment tells where it is when this run is killed.
            await context.Files.WriteAsync(HbaFile, Encoding.ASCII.GetBytes($"{SocketsAre}{sockets}\nlocal all all trust\n"), "600", null, cancellationToken).ConfigureAwait(false);
            // Never one that is there already: the directory above is everybody's.
            await context.Member.Node.MustAsync(AsOwner("mkdir", "-m", "700", sockets), cancellationToken).ConfigureAwait(false);
            await PasswordFile.WriteAsync(context, host, port, context.Replication, cancellationToken).ConfigureAwait(false);
            var command = await CommandAsync(sockets, host, port, cancellationToken).ConfigureAwait(false);
            using var server = await context.Member.Node.StartAsync(Leash.Tie(command), cancellationToken).ConfigureAwait(false);
            var log = new ServerLog(server);
            await StreamsAsync(server, log, leader, target, cancellationToken).ConfigureAwait(false);
            await SortsAlikeAsync(sockets, leader, cancellationToken).ConfigureAwait(false);
            await StopAsync(context, dataDirectory, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await UndoAsync(CancellationToken.None).ConfigureAwait(false);
        }
        await IsStandbyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the trial, also that of a run that was killed, and leaves nothing of it.</summary>
    public async Task UndoAsync(CancellationToken cancellationToken)
    {
        await StopAsync(context, dataDirectory, cancellationToken).ConfigureAwait(false);
        if (await context.Files.ReadTextAsync(HbaFile, cancellationToken).ConfigureAwait(false) is not { } text)
            return;
        foreach (var line in text.Split('\n').Where(l => l.StartsWith(SocketsAre, StringComparison.Ordinal)))
            await context.Files.RemoveAsync(line[SocketsAre.Length..], cancellationToken).ConfigureAwait(false);
        await context.Files.RemoveAsync(HbaFile, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shuts down whatever runs on the directory; nothing runs afterwards.</summary>
    public static async Task StopAsync(RebuildContext context, string dataDirectory, CancellationToken cancellationToken)
    {
        if (!await context.Files.ExistsAsync(PathOf.Join(dataDirectory, "postmaster.pid"), cancellationToken).ConfigureAwait(false))
            return;
        await context.Member.Node.RunAsync(context.Member.Program("pg_ctl", "stop", "-D", dataDirectory, "-m", "fast", "-w", "-t", "120"), cancellationToken).ConfigureAwait(false);
        // 3 and 4: nothing runs. A postmaster.pid that a crash left is none.
        var status = await context.Member.Node.RunAsync(context.Member.Program("pg_ctl", "status", "-D", dataDirectory), cancellationToken).ConfigureAwait(false);
        if (status.ExitCode is not (3 or 4))
            throw new PatroniOpsException(FailureKind.Refused, $"{context.Member.Node.Name}: PostgreSQL on {dataDirectory} does not stop: {status.Said}");
    }

    private async Task<NodeCommand> CommandAsync(string sockets, string host, int port, CancellationToken cancellationToken)
    {
        var control = await ControlFile.ReadAsync(context.Member, dataDirectory, cancellationToken).ConfigureAwait(false)
            ?? throw new PatroniOpsException(FailureKind.Refused, $"{dataDirectory} has no control file that can be read.");
        var configuration = PathOf.Join(context.Member.Configuration.ConfigDirectory ?? dataDirectory, "postgresql.conf");
        List<(string Name, string Value)> settings =
        [
            ("data_directory", dataDirectory), ("hba_file", HbaFile), ("external_pid_file", ""), ("listen_addresses", ""), ("unix_socket_directories", sockets),
            ("port", "5432"), ("hot_standby", "on"), ("archive_mode", "off"), ("restore_command", restoreCommand ?? ""), ("recovery_min_apply_delay", "0"), ("recovery_target_timeline", "latest"),
            ("primary_slot_name", ""), ("primary_conninfo", PasswordFile.Connection(context, host, port, context.Replication.UserName)),
            // Beside the server in use there may be little memory left.
            ("shared_buffers", "32MB"), ("huge_pages", "off"), ("ssl", "off"), ("logging_collector", "off"), ("log_destination", "stderr"), ("lc_messages", "C"),
            .. control.Minimums.Select(m => (m.Name, $"{m.Value}")),
        ];
        return context.Member.Program("postgres", ["-D", dataDirectory, $"--config-file={configuration}", .. settings.SelectMany(s => (string[])["-c", $"{s.Name}={s.Value}"])]);
    }

    // The leader's word: its sender streams to the trial, which has replayed what the leader had when it began.
    private async Task StreamsAsync(NodeProcess server, ServerLog log, MemberSnapshot leader, Lsn target, CancellationToken cancellationToken)
    {
        var moved = context.Time.GetTimestamp();
        Lsn? last = null;
        while (true)
        {
            if (server.HasEnded)
                throw new PatroniOpsException(FailureKind.Refused, $"the copy does not start as a standby: {log.Last}");
            var now = await PostgresCollector.CollectAsync(context.Connection.Postgres, leader.Host, leader.Port, cancellationToken).ConfigureAwait(false);
            var sender = now.Senders.Value?.FirstOrDefault(s => s.ApplicationName == ApplicationName && s.State != "backup");
            if (sender is { State: "streaming", ReplayLsn: { } replayed } && replayed >= target)
            {
                context.See($"the copy streams from {leader.Name} and has replayed {replayed}");
                return;
            }
            if (sender?.ReplayLsn is { } position && position != last)
                (last, moved) = (position, context.Time.GetTimestamp());
            if (context.Time.GetElapsedTime(moved) > StallLimit)
                throw new PatroniOpsException(FailureKind.Refused, $"the copy does not stream from {leader.Name} after {StallLimit.TotalSeconds:0} s without progress: {log.Last}");
            await Task.Delay(PollInterval, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SortsAlikeAsync(string sockets, MemberSnapshot leader, CancellationToken cancellationToken)
    {
        if (context.Job.AcceptsCollationMismatch)
            return;
        var user = context.Member.Configuration.SuperuserCredential?.UserName ?? "postgres";
        var answer = await context.Member.Node.MustAsync(
            context.Member.Program("psql", "-XAtq", "-h", sockets, "-p", "5432", "-U", user, "-d", "postgres", "-c", CollationVersions.Sql(leader.Postgres.State.Value?.Version ?? 0)), cancellationToken).ConfigureAwait(false);
        var here = CollationVersions.Parse(Json.Parse(answer.Output));
        var there = leader.Postgres.Collations.Value;
        if (there is null || (there.Libc, there.Icu) != (here.Libc, here.Icu))
            throw new PatroniOpsException(FailureKind.Refused,
                $"this node sorts text by glibc {here.Libc}, ICU {here.Icu}, {leader.Name} by {(there is null ? $"unknown libraries ({leader.Postgres.Collations.Reason})" : $"glibc {there.Libc}, ICU {there.Icu}")}: indexes on text would be wrong here. Give -AcceptCollationMismatch to copy all the same.");
    }

    private async Task IsStandbyAsync(CancellationToken cancellationToken)
    {
        var control = await ControlFile.ReadAsync(context.Member, dataDirectory, cancellationToken).ConfigureAwait(false);
        if (control?.State != "shut down in recovery" || control.SystemIdentifier != context.Job.SystemIdentifier)
            throw new PatroniOpsException(FailureKind.Refused, $"the copy was not left as a standby of system {context.Job.SystemIdentifier}: it is {control?.State ?? "unknown"}, system {control?.SystemIdentifier ?? "unknown"}.");
    }

    private NodeCommand AsOwner(string program, params IReadOnlyList<string> arguments) => new(program, arguments) { RunAs = context.Member.Owner };
}

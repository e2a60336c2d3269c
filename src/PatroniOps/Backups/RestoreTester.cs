using System.Globalization;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>Restores a backup with the tool that made it, starts a server of its own on it, checks that, and removes it all.</summary>
/// <param name="node">The node that restores: one that reaches the repository.</param>
/// <param name="options">How.</param>
/// <param name="countRows">The rows of a table of the live server; null: not asked.</param>
/// <param name="progress">Hears what is going on.</param>
/// <param name="time">The clock.</param>
public sealed class RestoreTester(Node node, RestoreOptions options, Func<string, CancellationToken, Task<long?>>? countRows, Action<string> progress, TimeProvider time)
{
    // WAL that is fetched a segment at a time, and what recovery writes anew.
    private const long Reserve = 2L << 30;

    private readonly List<BackupCheck> checks = [];
    private PatroniBackupTest test = new() { Repository = "", Label = "" };
    private bool hasFailed;

    /// <summary>The tools whose backups can be restored here.</summary>
    public static bool CanRestore(BackupKind kind) => Tool(kind) is not null;

    /// <summary>Runs the whole test. What goes wrong with the backup is a failed check, not an exception.</summary>
    /// <param name="before">What was found without a restore; its checks come first.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Ends it; nothing stays behind.</param>
    public async Task<PatroniBackupTest> RunAsync(PatroniBackupTest before, PatroniBackup backup, CancellationToken cancellationToken)
    {
        test = before with { IsRestored = true };
        if (Tool(backup.Kind) is not { } tool)
            return test with { IsRestored = false, Checks = [.. before.Checks, new("restore", BackupCheckOutcome.Skipped, $"backups of {backup.Kind} are not restored here")] };
        var programs = await ProgramsAsync(backup, cancellationToken).ConfigureAwait(false);
        foreach (var left in await ScratchDirectory.CleanAsync(programs, options.ScratchPath, cancellationToken).ConfigureAwait(false))
            progress($"removed {left}, which a killed test had left");
        using (var scratch = await ScratchDirectory.CreateAsync(programs, options.ScratchPath, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await InScratchAsync(tool, backup, programs, scratch, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await scratch.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        return test with { Checks = [.. before.Checks, .. checks] };
    }

    private static IBackupTool? Tool(BackupKind kind) => kind switch
    {
        BackupKind.PgBackRest => new PgBackRestTool(),
        BackupKind.Barman => new BarmanTool(),
        BackupKind.BaseBackup => new BaseBackupTool(),
        _ => null,
    };

    private async Task<PostgresPrograms> ProgramsAsync(PatroniBackup backup, CancellationToken cancellationToken)
    {
        if (options.BinDirectory is { } directory)
            return new PostgresPrograms(node, options.RunAs, directory);
        var major = backup.PostgresVersion ?? (backup.Kind == BackupKind.BaseBackup ? await BaseBackupTool.VersionAsync(node, options.RunAs, backup, cancellationToken).ConfigureAwait(false) : null);
        return major is null
            ? throw new PatroniOpsException(FailureKind.NotConfigured, $"{backup.Label}: of which PostgreSQL it is is not told: give -BinDirectory.")
            : await PostgresPrograms.FindAsync(node, options.RunAs, major, cancellationToken).ConfigureAwait(false);
    }

    private async Task InScratchAsync(IBackupTool tool, PatroniBackup backup, PostgresPrograms programs, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        var files = new NodeFiles(node, options.RunAs);
        await CheckAsync("space", () => SpaceAsync(files, backup, cancellationToken)).ConfigureAwait(false);
        var restore = await CheckAsync("restore", () => RestoreAsync(tool, backup, scratch, files, cancellationToken)).ConfigureAwait(false);
        test = test with { RestoreDuration = restore };
        await CheckAsync("files as the manifest has them", () => RestoredChecks.ManifestAsync(programs, scratch, cancellationToken)).ConfigureAwait(false);
        ScratchServer? server = null;
        try
        {
            var recovery = await CheckAsync($"recovery to {options.Target}", async () =>
            {
                server = await ScratchServer.StartAsync(programs, scratch, options, tool.RestoreCommand(backup, options, scratch), cancellationToken).ConfigureAwait(false);
                await server.RecoverAsync(time, progress, cancellationToken).ConfigureAwait(false);
                return (BackupCheckOutcome.Passed, await RecoveredAsync(server, cancellationToken).ConfigureAwait(false));
            }).ConfigureAwait(false);
            test = test with { RecoveryDuration = recovery };
            await CheckAsync("no WAL was left out", () => Task.FromResult(CameToTheEnd(server!))).ConfigureAwait(false);
            await CheckAsync("tables and indexes (pg_amcheck)", () => RestoredChecks.AmcheckAsync(programs, server!, cancellationToken)).ConfigureAwait(false);
            foreach (var assertion in options.Assertions)
                await CheckAsync($"assertion: {assertion.Query}", () => RestoredChecks.AssertAsync(server!, assertion, cancellationToken), isEssential: false).ConfigureAwait(false);
            foreach (var table in options.Tables)
                await CheckAsync($"rows of {table}", () => RestoredChecks.CountAsync(server!, options.Database, table, countRows, cancellationToken), isEssential: false).ConfigureAwait(false);
            await CheckAsync("page checksums (pg_checksums)", () => RestoredChecks.ChecksumsAsync(programs, server!, scratch, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            server?.Dispose();
        }
    }

    // What builds on a check that failed is skipped.
    private async Task<TimeSpan?> CheckAsync(string name, Func<Task<(BackupCheckOutcome Outcome, string Text)>> check, bool isEssential = true)
    {
        if (hasFailed)
        {
            checks.Add(new BackupCheck(name, BackupCheckOutcome.Skipped, "not run: a check before it has failed"));
            return null;
        }
        progress(name);
        var started = time.GetTimestamp();
        try
        {
            var (outcome, text) = await check().ConfigureAwait(false);
            var duration = time.GetElapsedTime(started);
            checks.Add(new BackupCheck(name, outcome, text) { Duration = duration });
            hasFailed |= isEssential && outcome == BackupCheckOutcome.Failed;
            return outcome == BackupCheckOutcome.Failed ? null : duration;
        }
        catch (PatroniOpsException e)
        {
            checks.Add(new BackupCheck(name, BackupCheckOutcome.Failed, e.Message) { Duration = time.GetElapsedTime(started) });
            hasFailed = true;
            return null;
        }
    }

    private async Task<(BackupCheckOutcome, string)> SpaceAsync(NodeFiles files, PatroniBackup backup, CancellationToken cancellationToken)
    {
        var bytes = backup.Bytes ?? (backup.Kind == BackupKind.BaseBackup ? await files.UsedBytesAsync(backup.Repository, cancellationToken).ConfigureAwait(false) : null);
        var free = await files.FreeBytesAsync(options.ScratchPath, cancellationToken).ConfigureAwait(false);
        if (bytes is not { } size)
            return (BackupCheckOutcome.Unknown, $"{free >> 20} MiB are free in {options.ScratchPath}; the backup does not say its size");
        return (free >= size + Reserve ? BackupCheckOutcome.Passed : BackupCheckOutcome.Failed, $"{free >> 20} MiB are free in {options.ScratchPath}, {(size + Reserve) >> 20} MiB are needed");
    }

    private async Task<(BackupCheckOutcome, string)> RestoreAsync(IBackupTool tool, PatroniBackup backup, ScratchDirectory scratch, NodeFiles files, CancellationToken cancellationToken)
    {
        foreach (var command in tool.Restore(backup, options, scratch))
        {
            var result = await Leash.RunAsync(node, command, cancellationToken).ConfigureAwait(false);
            if (!result.IsSuccess)
                return (BackupCheckOutcome.Failed, $"{command.Program} ended with {result.ExitCode}: {Redaction.Text(result.Said)}");
        }
        var bytes = await files.UsedBytesAsync(scratch.Data, cancellationToken).ConfigureAwait(false);
        test = test with { RestoredBytes = bytes };
        return (BackupCheckOutcome.Passed, $"{bytes >> 20} MiB");
    }

    private async Task<string> RecoveredAsync(ScratchServer server, CancellationToken cancellationToken)
    {
        var answer = await server.AskAsync("postgres", "SELECT coalesce(pg_last_wal_replay_lsn()::text, ''), coalesce(extract(epoch FROM pg_last_xact_replay_timestamp())::text, '')", cancellationToken).ConfigureAwait(false);
        var values = answer.Output.Trim().Split('|');
        if (!answer.IsSuccess || values.Length != 2)
            throw new PatroniOpsException(FailureKind.Refused, $"the recovered server does not answer: {answer.Said}");
        test = test with
        {
            RecoveredTo = Lsn.TryParse(values[0], CultureInfo.InvariantCulture, out var lsn) ? lsn : null,
            NewestTransactionAt = decimal.TryParse(values[1], CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null,
        };
        return $"takes writes, recovered to {test.RecoveredTo?.ToString() ?? "an unknown position"}; newest transaction {(test.NewestTransactionAt is { } at ? $"{at:u}" : "none replayed")}";
    }

    // At a segment that is missing or damaged recovery ends without an error, and the server starts with what it has.
    private (BackupCheckOutcome, string) CameToTheEnd(ScratchServer server)
    {
        if (!options.Target.IsEnd)
            return (BackupCheckOutcome.NotApplicable, "recovery was not to come to the archive's end");
        if (options.ArchiveEnd is not { } end || test.RecoveredTo is not { } reached)
            return (BackupCheckOutcome.Unknown, "how far the archive goes was not read: give -ArchivePath");
        return reached >= new Lsn(end.Value - (ulong)options.WalSegmentSize)
            ? (BackupCheckOutcome.Passed, $"recovery came to {reached}, into the archive's last segment")
            : (BackupCheckOutcome.Failed, $"recovery ended at {reached}, the archive goes on to {end}: {server.Log.Find("record", "could not", "unexpected", "invalid", "ERROR") ?? server.Log.Last}");
    }
}

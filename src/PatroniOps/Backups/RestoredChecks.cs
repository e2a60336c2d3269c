using System.Globalization;
using PatroniOps.Nodes;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>What is checked of a restored cluster, each by PostgreSQL's own program for it.</summary>
internal static class RestoredChecks
{
    public static async Task<(BackupCheckOutcome, string)> ManifestAsync(PostgresPrograms programs, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        if (!await new NodeFiles(programs.Node, programs.RunAs).ExistsAsync(PathOf.Join(scratch.Data, "backup_manifest"), cancellationToken).ConfigureAwait(false))
            return (BackupCheckOutcome.NotApplicable, "the backup has no manifest of pg_basebackup");
        // What the tools write while they restore is not the backup's.
        var result = await Leash.RunAsync(programs.Node, programs.Call("pg_verifybackup", "-n", "-i", "postgresql.auto.conf", "-i", "tablespace_map", "-i", "backup_label.old", "-i", ".barman-recover.info", "-i", "barman_wal", scratch.Data), cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? (BackupCheckOutcome.Passed, "pg_verifybackup has compared every file") : (BackupCheckOutcome.Failed, $"pg_verifybackup: {result.Said}");
    }

    public static async Task<(BackupCheckOutcome, string)> AmcheckAsync(PostgresPrograms programs, ScratchServer server, CancellationToken cancellationToken)
    {
        var call = programs.Call("pg_amcheck", [.. server.Login("pg_amcheck"), "-w", "--all", "--install-missing"]);
        var result = await Leash.RunAsync(programs.Node, new NodeCommand("sh", ["-c", "command -v \"$1\" >/dev/null || exit 127; exec \"$@\"", "sh", call.Program, .. call.Arguments]) { RunAs = call.RunAs }, cancellationToken).ConfigureAwait(false);
        return result.ExitCode switch
        {
            0 => (BackupCheckOutcome.Passed, "no corruption found"),
            127 => await AmcheckSql.RunAsync(programs, server, cancellationToken).ConfigureAwait(false),
            _ => (BackupCheckOutcome.Failed, $"pg_amcheck ended with {result.ExitCode}: {(result.Output.Trim().Length > 0 ? (result with { Error = "" }).Said : result.Said)}"),
        };
    }

    public static async Task<(BackupCheckOutcome, string)> AssertAsync(ScratchServer server, RestoreAssertion assertion, CancellationToken cancellationToken)
    {
        var answer = await server.AskAsync(assertion.Database, assertion.Query, cancellationToken).ConfigureAwait(false);
        var value = answer.Output.TrimEnd('\n');
        return !answer.IsSuccess ? (BackupCheckOutcome.Failed, answer.Said)
            : value == assertion.Expected ? (BackupCheckOutcome.Passed, value)
            : (BackupCheckOutcome.Failed, $"{value}, expected {assertion.Expected}");
    }

    public static async Task<(BackupCheckOutcome, string)> CountAsync(
        ScratchServer server, string database, string table, Func<string, CancellationToken, Task<long?>>? countRows, CancellationToken cancellationToken)
    {
        var answer = await server.AskAsync(database, $"SELECT count(*) FROM {SqlName.Quote(table)}", cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess || !long.TryParse(answer.Output.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var restored))
            return (BackupCheckOutcome.Failed, answer.Said);
        var live = countRows is null ? null : await countRows(table, cancellationToken).ConfigureAwait(false);
        if (live is not { } rows)
            return (BackupCheckOutcome.Unknown, $"{restored} restored; the live server's were not counted");
        // The live server goes on: only a table that has come back empty is surely wrong.
        return (restored == 0 && rows > 0 ? BackupCheckOutcome.Failed : BackupCheckOutcome.Passed, $"{restored} restored, {rows} on the live server");
    }

    public static async Task<(BackupCheckOutcome, string)> ChecksumsAsync(PostgresPrograms programs, ScratchServer server, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        await server.StopAsync(cancellationToken).ConfigureAwait(false);
        var control = await ControlFile.ReadAsync(programs.Node, programs.Call("pg_controldata", "-D", scratch.Data), cancellationToken).ConfigureAwait(false);
        if (control?.HasChecksums is not true)
            return control?.HasChecksums is null ? (BackupCheckOutcome.Unknown, "whether checksums are on was not read") : (BackupCheckOutcome.NotApplicable, "the cluster has no data checksums");
        var result = await Leash.RunAsync(programs.Node, programs.Call("pg_checksums", "--check", "-D", scratch.Data), cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? (BackupCheckOutcome.Passed, "no page has a wrong one") : (BackupCheckOutcome.Failed, $"pg_checksums: {result.Said}");
    }
}

using PatroniOps.Nodes;

namespace PatroniOps.Backups;

/// <summary>pgBackRest. It compares every file's SHA-1 while it restores.</summary>
/// <remarks>Source: pgBackRest, command reference of restore and archive-get.</remarks>
internal sealed class PgBackRestTool : IBackupTool
{
    public IReadOnlyList<NodeCommand> Restore(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) =>
    [
        // The recovery settings are the test's own.
        new("pgbackrest", [.. Common(backup, options, scratch), $"--set={backup.Label}", "--type=none", $"--tablespace-map-all={scratch.Tablespaces}", "restore"]) { RunAs = options.RunAs },
    ];

    public string RestoreCommand(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) =>
        $"{ShellQuote.Line(["pgbackrest", .. Common(backup, options, scratch), "--no-archive-async", "archive-get"]).Replace("%", "%%", StringComparison.Ordinal)} %f \"%p\"";

    private static IEnumerable<string> Common(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) =>
    [
        options.PgBackRestConfigPath is { } configuration ? $"--config={configuration}" : $"--repo1-path={backup.Repository}",
        $"--stanza={backup.Stanza}", $"--pg1-path={scratch.Data}", $"--lock-path={scratch.Own("lock.d")}",
        "--log-level-file=off", "--log-level-console=warn", "--log-level-stderr=off",
    ];
}

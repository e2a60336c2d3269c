using PatroniOps.Nodes;

namespace PatroniOps.Backups;

/// <summary>Barman. It compares nothing while it restores: the backup's manifest is checked afterwards.</summary>
/// <remarks>Source: barman(1), recover and get-wal.</remarks>
internal sealed class BarmanTool : IBackupTool
{
    public IReadOnlyList<NodeCommand> Restore(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) =>
        [new("barman", [.. Common(options), "recover", "--get-wal", backup.Stanza ?? "", backup.Label, scratch.Data]) { RunAs = options.RunAs }];

    public string RestoreCommand(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) =>
        $"{ShellQuote.Line(["barman", .. Common(options), "get-wal", backup.Stanza ?? ""]).Replace("%", "%%", StringComparison.Ordinal)} %f > \"%p\"";

    private static IEnumerable<string> Common(RestoreOptions options) => options.BarmanConfigPath is { } path ? ["--config", path] : [];
}

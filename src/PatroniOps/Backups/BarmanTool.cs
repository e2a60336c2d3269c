using PatroniOps.Nodes;

namespace PatroniOps.Backups;

/// <summary>Barman. It compares nothing while it restores: the backup's manifest is checked afterwards.</summary>
/// <remarks>Source: barman(1), recover and get-wal.</remarks>
internal sealed class BarmanTool : IBackupTool
{
    // Barman gives the manifest another name, and keeps the files that it has changed under theirs.
    private const string ManifestScript =
        """cd -- "$1" || exit 1; if [ -e "backup_manifest.$2" ]; then mv -- "backup_manifest.$2" backup_manifest; fi; for f in *.conf.origin; do if [ -e "$f" ]; then mv -- "$f" "${f%.origin}"; fi; done""";

    public IReadOnlyList<NodeCommand> Restore(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) =>
    [
        new("barman", [.. Common(options), "recover", "--get-wal", backup.Stanza ?? "", backup.Label, scratch.Data]) { RunAs = options.RunAs },
        new("sh", "-c", ManifestScript, "sh", scratch.Data, backup.Label) { RunAs = options.RunAs },
    ];

    public string RestoreCommand(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) =>
        $"{ShellQuote.Line(["barman", .. Common(options), "get-wal", backup.Stanza ?? ""]).Replace("%", "%%", StringComparison.Ordinal)} %f > \"%p\"";

    private static IEnumerable<string> Common(RestoreOptions options) => options.BarmanConfigPath is { } path ? ["--config", path] : [];
}

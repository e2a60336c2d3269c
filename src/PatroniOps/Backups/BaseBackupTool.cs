using PatroniOps.Archives;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Backups;

/// <summary>A copy of what pg_basebackup wrote, plain or as tar files. The backup's manifest is checked afterwards.</summary>
internal sealed class BaseBackupTool : IBackupTool
{
    private const string Script =
        """
        set -e
        from=$1 data=$2
        unpack() {
          case $1 in
            *.tar) tar -x -C "$2" -f "$1" ;;
            *.tar.gz) gzip -dc "$1" | tar -x -C "$2" ;;
            *.tar.lz4) lz4 -dc "$1" | tar -x -C "$2" ;;
            *.tar.zst) zstd -dc "$1" | tar -x -C "$2" ;;
          esac
        }
        if [ -e "$from/PG_VERSION" ]; then cp -a "$from" "$data"; chmod 700 "$data"; exit; fi
        mkdir -m 700 "$data"
        for f in "$from"/base.tar*; do unpack "$f" "$data"; done
        for f in "$from"/pg_wal.tar*; do if [ -e "$f" ]; then unpack "$f" "$data/pg_wal"; fi; done
        [ ! -e "$from/backup_manifest" ] || cp "$from/backup_manifest" "$data/"
        if [ -s "$data/tablespace_map" ]; then echo "it has tablespaces, whose tar files are not unpacked here" >&2; exit 3; fi
        """;

    // As archive_command left them, or compressed.
    private const string GetScript =
        """f=$1/$2; if [ -e "$f" ]; then exec cp "$f" "$3"; fi; if [ -e "$f.gz" ]; then exec gzip -dc "$f.gz" >"$3"; fi; if [ -e "$f.lz4" ]; then exec lz4 -dc "$f.lz4" >"$3"; fi; if [ -e "$f.zst" ]; then exec zstd -dc "$f.zst" >"$3"; fi; exit 1""";

    private const string VersionScript =
        """
        cd -- "$1" || exit 1
        if [ -e PG_VERSION ]; then exec cat PG_VERSION; fi
        for f in base.tar*; do
          case $f in *.gz) c="gzip -dc" ;; *.lz4) c="lz4 -dc" ;; *.zst) c="zstd -dc" ;; *) c=cat ;; esac
          $c "$f" 2>/dev/null | tar -xO --occurrence=1 PG_VERSION
        done
        """;

    public IReadOnlyList<NodeCommand> Restore(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) =>
        [new("bash", "-o", "pipefail", "-c", Script, "bash", backup.Repository, scratch.Data) { RunAs = options.RunAs }];

    public string RestoreCommand(PatroniBackup backup, RestoreOptions options, ScratchDirectory scratch) => options switch
    {
        { ArchivePath: null } => "",
        { ArchivePath: { } archive, ArchiveKind: ArchiveKind.Directory } => $"{ShellQuote.Line(["sh", "-c", GetScript, "sh", archive]).Replace("%", "%%", StringComparison.Ordinal)} %f \"%p\"",
        { ArchivePath: { } repository, ArchiveKind: ArchiveKind.PgBackRest, ArchiveStanza: { } stanza } => new PgBackRestTool().RestoreCommand(backup with { Repository = repository, Stanza = stanza }, options, scratch),
        _ => throw new PatroniOpsException(FailureKind.NotConfigured, $"{options.ArchivePath}: WAL for a base backup is taken from a plain directory, or with -Stanza from a pgBackRest repository; this is {options.ArchiveKind}."),
    };

    /// <summary>PostgreSQL's major version, from PG_VERSION, in a tar file too; null when it does not tell.</summary>
    public static async Task<string?> VersionAsync(Node node, string? runAs, PatroniBackup backup, CancellationToken cancellationToken)
    {
        var answer = await node.RunAsync(new NodeCommand("sh", "-c", VersionScript, "sh", backup.Repository) { RunAs = runAs }, cancellationToken).ConfigureAwait(false);
        return answer.Output.Trim() is { Length: > 0 } version ? version : null;
    }
}

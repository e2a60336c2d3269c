using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Backups;

/// <summary>Finds the base backups below a path of a node, whichever tool made them. Reads catalogues, never contents; writes nothing.</summary>
/// <param name="node">The node that holds them.</param>
/// <param name="runAs">The user whose rights hold; null: whoever logs in.</param>
public sealed class BackupReader(Node node, string? runAs)
{
    // A repository has its catalogues near its root; what lies inside a backup is none.
    private const string FindScript =
        """
        cd -- "$1" || exit 1
        find . -maxdepth 4 -name backup.info -type f
        find . -maxdepth 2 -name '*_backup_stop_sentinel.json' -type f
        find . -maxdepth 2 \( -name backup_manifest -o -name backup_label \) -type f
        """;

    private readonly NodeFiles files = new(node, runAs);

    /// <param name="path">A pgBackRest repository, Barman's home or a server's directory in it, a WAL-G prefix, or a directory with base backups.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PatroniOpsException">The path cannot be read at all.</exception>
    public async Task<BackupListing> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var root = path.Length > 1 ? path.TrimEnd('/') : path;
        var found = await node.MustAsync(new NodeCommand("sh", "-c", FindScript, "sh", root) { RunAs = runAs }, cancellationToken).ConfigureAwait(false);
        var names = found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name[2..]).Distinct().Order(StringComparer.Ordinal).ToList();
        var backups = new List<PatroniBackup>();
        var failures = new List<PatroniOpsException>();
        foreach (var catalogue in names.Select(Catalogue).OfType<string>().Distinct())
        {
            try
            {
                backups.AddRange(await ReadAsync(root, catalogue, cancellationToken).ConfigureAwait(false));
            }
            catch (PatroniOpsException e)
            {
                failures.Add(e);
            }
        }
        return new BackupListing([.. backups.OrderBy(b => b.StartedAt ?? DateTimeOffset.MinValue).ThenBy(b => b.Label, StringComparer.Ordinal)], failures);
    }

    // One entry for a base backup's two files.
    private static string? Catalogue(string name) => PathOf.Name(name) switch
    {
        "backup_manifest" or "backup_label" => name.Contains('/', StringComparison.Ordinal) ? $"{PathOf.Parent(name)}/" : "./",
        "backup.info" when name.Contains("/data/", StringComparison.Ordinal) => null,
        _ => name,
    };

    private async Task<IReadOnlyList<PatroniBackup>> ReadAsync(string root, string name, CancellationToken cancellationToken)
    {
        if (name.EndsWith('/'))
        {
            var directory = name == "./" ? root : PathOf.Join(root, name.TrimEnd('/'));
            return [BaseBackupCatalogue.Parse(directory, await files.ReadTextAsync(PathOf.Join(directory, "backup_manifest"), cancellationToken).ConfigureAwait(false),
                await files.ReadTextAsync(PathOf.Join(directory, "backup_label"), cancellationToken).ConfigureAwait(false))];
        }
        var file = PathOf.Join(root, name);
        var text = await files.ReadTextAsync(file, cancellationToken).ConfigureAwait(false)
            ?? throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{node.Name}: {file} was removed while it was read.");
        var folder = PathOf.Parent(file);
        if (file.EndsWith(WalGCatalogue.Suffix, StringComparison.Ordinal))
            return [WalGCatalogue.Parse(text, PathOf.Parent(folder), PathOf.Name(file)[..^WalGCatalogue.Suffix.Length])];
        var above = PathOf.Parent(folder);
        return PathOf.Name(above) == "base"
            ? [BarmanCatalogue.Parse(text, PathOf.Parent(above), PathOf.Name(folder))]
            : PgBackRestCatalogue.Parse(text, PathOf.Name(above) == "backup" ? PathOf.Parent(above) : folder, PathOf.Name(folder));
    }
}

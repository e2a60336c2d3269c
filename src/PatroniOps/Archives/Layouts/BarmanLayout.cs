using PatroniOps.Patroni;

namespace PatroniOps.Archives.Layouts;

/// <summary><c>wals/FIRST16/NAME</c> of a server in Barman's home, without extensions: Barman's home, the server's folder or its <c>wals</c>.</summary>
/// <remarks>Sources: Barman, barman/xlog.py (hash_dir), barman/server.py (xlog.db).</remarks>
internal sealed class BarmanLayout : IArchiveLayout
{
    private const string Folder = "wals";
    private const string Catalogue = "xlog.db";

    public ArchiveKind Kind => ArchiveKind.Barman;

    public IReadOnlyList<ArchiveRoot>? Roots(IArchiveStore store, string? stanza, string? systemIdentifier)
    {
        if (store.Find(Catalogue) is not null)
            return [new("", HasSegmentFolders: true)];
        var folders = new List<string>();
        foreach (var (name, isFolder) in store.Entries(""))
        {
            // Segments side by side are a plain directory, whatever else is there: the first tells, and a million need not be looked through.
            if (!isFolder && ArchivedName.Parse(name).Kind == ArchivedFileKind.Segment)
                return null;
            if (isFolder)
                folders.Add(name);
        }
        folders.Sort(StringComparer.Ordinal);
        if (folders.Exists(IsSegmentFolder))
            return [new("", HasSegmentFolders: true)];
        if (folders.Contains(Folder))
            return [new(Folder, HasSegmentFolders: true)];
        var servers = folders.Where(f => (stanza is null || f == stanza) && store.Find($"{f}/{Folder}/{Catalogue}") is not null).ToList();
        return servers.Count switch
        {
            0 => null,
            1 => [new($"{servers[0]}/{Folder}", HasSegmentFolders: true)],
            _ => throw new PatroniOpsException(FailureKind.NotConfigured, $"{store.Location} holds the servers {string.Join(", ", servers)}: name one with -Stanza."),
        };
    }

    public bool IsOwn(string fileName) => fileName.StartsWith(Catalogue, StringComparison.Ordinal) || fileName == $".{Catalogue}";

    private static bool IsSegmentFolder(string name) => name.Length == 16 && ArchivedName.Parse($"{name}00000000").Kind == ArchivedFileKind.Segment;
}

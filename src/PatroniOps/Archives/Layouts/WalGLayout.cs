using PatroniOps.Nodes;

namespace PatroniOps.Archives.Layouts;

/// <summary><c>wal_005/NAME.lz4</c> below a WAL-G prefix, or that folder itself.</summary>
/// <remarks>Source: WAL-G, utility/utility.go (WalPath), internal/compression.</remarks>
internal sealed class WalGLayout : IArchiveLayout
{
    private const string Folder = "wal_005";

    public ArchiveKind Kind => ArchiveKind.WalG;

    public IReadOnlyList<ArchiveRoot>? Roots(IArchiveStore store, string? stanza, string? systemIdentifier) =>
        PathOf.Name(store.Path.TrimEnd('/')) == Folder ? [new("", HasSegmentFolders: false)]
        : store.HasFolder(Folder) ? [new(Folder, HasSegmentFolders: false)]
        : null;

    public bool IsOwn(string fileName) => fileName.EndsWith(".json", StringComparison.Ordinal);
}

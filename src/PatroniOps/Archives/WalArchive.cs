using System.Text.Json;
using PatroniOps.Archives.Layouts;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>An archive of WAL, whatever its layout. It is only read.</summary>
public sealed class WalArchive
{
    // The plain directory is what is left when no other recognises its own.
    private static readonly IArchiveLayout[] Layouts = [new PgBackRestLayout(), new WalGLayout(), new BarmanLayout(), new PlainDirectoryLayout()];

    private readonly IArchiveStore store;
    private readonly IArchiveLayout layout;
    private readonly IReadOnlyList<ArchiveRoot> roots;

    private WalArchive(IArchiveStore store, IArchiveLayout layout, IReadOnlyList<ArchiveRoot> roots) => (this.store, this.layout, this.roots) = (store, layout, roots);

    /// <summary>Where it is, for people.</summary>
    public string Location => store.Location;

    /// <summary>Its path, on the host.</summary>
    public string Path => store.Path;

    /// <summary>The host that holds it, as ssh knows it; null: this machine.</summary>
    public string? HostName => store.HostName;

    /// <summary>The folder of its segments, with its path; null when there are several.</summary>
    internal string? Folder => roots is [var root] ? PathOf.Join(Path, root.Path).TrimEnd('/') : null;

    /// <summary>The layout that was found there.</summary>
    public ArchiveKind Kind => layout.Kind;

    /// <summary>Opens the archive on a path of this machine and finds out its layout.</summary>
    /// <param name="path">The directory, the repository, one stanza's folder in it, Barman's home or a server's folder, a WAL-G prefix.</param>
    /// <param name="stanza">The stanza, or Barman's server, where several share the place; null takes all stanzas.</param>
    /// <param name="systemIdentifier">Chooses the right history id of a repository; null takes them all.</param>
    /// <exception cref="PatroniOpsException">It is not there, or it may not or cannot be read: the kind tells which.</exception>
    public static WalArchive Open(string path, string? stanza = null, string? systemIdentifier = null) =>
        Directory.Exists(path)
            ? Open(new LocalArchiveStore(path), stanza, systemIdentifier)
            : throw new PatroniOpsException(FailureKind.Unreachable, $"{path}: there is no such directory on this machine.");

    /// <summary>One archive for each database cluster, or version of it, that a repository keeps apart.</summary>
    public IReadOnlyList<WalArchive> Split() => roots.Count == 1 ? [this] : [.. roots.Select(root => new WalArchive(store, layout, [root]))];

    /// <summary>Every file but the tool's own book-keeping, in no order, as it is found: a million need no memory.</summary>
    /// <exception cref="PatroniOpsException">A folder may not or cannot be read.</exception>
    public IEnumerable<ArchivedFile> Files(CancellationToken cancellationToken) => Files(ListingShare.All, cancellationToken);

    /// <inheritdoc cref="IArchiveStore.IsListedInParts"/>
    internal bool IsListedInParts => store.IsListedInParts;

    /// <summary>A part of them.</summary>
    /// <inheritdoc cref="Files(CancellationToken)" path="/exception"/>
    internal IEnumerable<ArchivedFile> Files(ListingShare share, CancellationToken cancellationToken) =>
        Listed(root => store.Files(root.Path, "", root.HasSegmentFolders, share), cancellationToken).Where(f => f.Name.Kind != ArchivedFileKind.Foreign || !layout.IsOwn(f.FileName));

    /// <summary>Their names alone.</summary>
    /// <inheritdoc cref="Files(CancellationToken)" path="/exception"/>
    internal IEnumerable<ArchivedPath> Names(CancellationToken cancellationToken) =>
        Listed(root => store.Names(root.Path, root.HasSegmentFolders), cancellationToken).Where(n => n.Name.Kind != ArchivedFileKind.Foreign || !layout.IsOwn(PathOf.Name(n.Path)));

    /// <summary>The file at a path that a listing gave; null when it is not there any more.</summary>
    /// <inheritdoc cref="Files(CancellationToken)" path="/exception"/>
    internal ArchivedFile? Find(string path) => Guarded(() => store.Find(path));

    /// <summary>The files that hold the segment: none, one, or several. <c>.partial</c> is none.</summary>
    /// <exception cref="PatroniOpsException">Its folder may not or cannot be read.</exception>
    public IReadOnlyList<ArchivedFile> Find(WalSegment segment)
    {
        var name = segment.Name;
        return Guarded(() => roots.SelectMany(root => root.HasSegmentFolders
            ? store.Files(root.FolderOf(name), name, isRecursive: false, ListingShare.All)
            : store.Find(ArchivedName.Extensions.Select(e => root.FileOf(name + e)))).Where(f => f.Name.Kind == ArchivedFileKind.Segment).ToList());
    }

    /// <summary>The uncompressed bytes of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is compressed in a way that is not read here.</exception>
    public Stream Open(ArchivedFile file) => Open(file, isSummed: false);

    /// <summary>The uncompressed bytes of a file, of which the caller compares a sum.</summary>
    /// <inheritdoc cref="Open(ArchivedFile)" path="/exception"/>
    internal Stream Open(ArchivedFile file, bool isSummed) => ArchiveContent.Uncompressed(store.Open(file.Path), isSummed);

    /// <summary>The bytes of a small file, such as a history.</summary>
    /// <inheritdoc cref="Open(ArchivedFile)" path="/exception"/>
    internal byte[] ReadSmall(ArchivedFile file)
    {
        const int Most = 1 << 20;
        using var content = Open(file);
        var bytes = new byte[Most];
        return bytes[..ArchiveContent.Fill(content, bytes)];
    }

    internal static WalArchive Open(IArchiveStore store, string? stanza, string? systemIdentifier) => Guarded(store.Location, () =>
    {
        foreach (var layout in Layouts)
            if (layout.Roots(store, stanza, systemIdentifier) is { } roots)
                return new WalArchive(store, layout, roots);
        throw new InvalidOperationException("The plain directory is every store's layout.");
    });

    private IEnumerable<T> Listed<T>(Func<ArchiveRoot, IEnumerable<T>> list, CancellationToken cancellationToken)
    {
        foreach (var root in roots)
        {
            using var found = Guarded(() => list(root).GetEnumerator());
            Func<bool> next = found.MoveNext;
            while (Guarded(next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return found.Current;
            }
        }
    }

    private T Guarded<T>(Func<T> read) => Guarded(Location, read);

    private static T Guarded<T>(string location, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PatroniOpsException(FailureKind.PermissionDenied, $"{location}: the archive may not be read by this user: {e.Message.TrimEnd('.')}.", e);
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{location}: the repository's archive.info is damaged.", e);
        }
        catch (IOException e)
        {
            throw new PatroniOpsException(FailureKind.Unreachable, $"{location}: the archive could not be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}

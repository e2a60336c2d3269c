using PatroniOps.Archives;
using PatroniOps.Nodes;

namespace PatroniOps.Fuzz;

/// <summary>An archive in memory, for names and contents that no disk need bear.</summary>
/// <param name="location">What it is called.</param>
/// <param name="files">Paths and contents.</param>
/// <param name="open">Makes a stream of a content.</param>
internal sealed class MemoryStore(string location, IReadOnlyDictionary<string, byte[]> files, Func<byte[], Stream> open) : IArchiveStore
{
    public string Location => location;

    public ArchivedFile? Find(string path) =>
        files.TryGetValue(path, out var content) ? new ArchivedFile(path, ArchivedName.Parse(PathOf.Name(path)), content.Length, DateTimeOffset.UnixEpoch) : null;

    public bool HasFolder(string path) => files.Keys.Any(f => f.StartsWith($"{path}/", StringComparison.Ordinal));

    public IReadOnlyList<string> Folders(string folder) => [.. Entries(folder).Where(e => e.IsFolder).Select(e => e.Name).Order(StringComparer.Ordinal)];

    public IEnumerable<(string Name, bool IsFolder)> Entries(string folder) => Below(folder)
        .Select(f => f.IndexOf('/', StringComparison.Ordinal) is >= 0 and var end ? (f[..end], true) : (f, false)).Distinct();

    public IEnumerable<ArchivedFile> Files(string folder, string prefix, bool isRecursive, ListingShare share) => Below(folder)
        .Where(f => (isRecursive || !f.Contains('/', StringComparison.Ordinal)) && PathOf.Name(f).StartsWith(prefix, StringComparison.Ordinal) && share.Holds(PathOf.Name(f)))
        .Select(f => Find(folder.Length == 0 ? f : $"{folder}/{f}")!.Value);

    public Stream Open(string path) => files.TryGetValue(path, out var content) ? open(content) : throw new FileNotFoundException(path);

    private IEnumerable<string> Below(string folder) => folder.Length == 0
        ? files.Keys
        : files.Keys.Where(f => f.StartsWith($"{folder}/", StringComparison.Ordinal)).Select(f => f[(folder.Length + 1)..]);
}

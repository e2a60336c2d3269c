using System.IO.Enumeration;

namespace PatroniOps.Archives;

/// <summary>An archive on a path of this machine.</summary>
/// <param name="location">The directory.</param>
internal sealed class LocalArchiveStore(string location) : IArchiveStore
{
    public string Location => location;

    public bool IsListedInParts => true;

    public ArchivedFile? Find(string path) =>
        new FileInfo(At(path)) is { Exists: true } file ? new ArchivedFile(path, ArchivedName.Parse(file.Name), file.Length, file.LastWriteTimeUtc) : null;

    public bool HasFolder(string path) => Directory.Exists(At(path));

    public IReadOnlyList<string> Folders(string folder) =>
        HasFolder(folder) ? [.. Directory.EnumerateDirectories(At(folder)).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)] : [];

    public IEnumerable<(string Name, bool IsFolder)> Entries(string folder) => !HasFolder(folder)
        ? []
        : new FileSystemEnumerable<(string, bool)>(At(folder), (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory), Everything(isRecursive: false));

    public IEnumerable<ArchivedFile> Files(string folder, string prefix, bool isRecursive, ListingShare share)
    {
        return !HasFolder(folder) ? [] : new FileSystemEnumerable<ArchivedFile>(At(folder), (ref FileSystemEntry entry) => Found(folder, ref entry), Everything(isRecursive))
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => share.Holds(entry.FileName) && !entry.IsDirectory && entry.FileName.StartsWith(prefix, StringComparison.Ordinal),
        };
    }

    public IEnumerable<ArchivedPath> Names(string folder, bool isRecursive) => !HasFolder(folder)
        ? []
        : new FileSystemEnumerable<ArchivedPath>(At(folder), (ref FileSystemEntry entry) => new(PathOf(folder, ref entry), ArchivedName.Parse(entry.FileName)), Everything(isRecursive))
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        };

    // No buffer of its own: whoever reads takes large pieces.
    public Stream Open(string path) => new FileStream(At(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static EnumerationOptions Everything(bool isRecursive) => new() { RecurseSubdirectories = isRecursive, AttributesToSkip = 0, IgnoreInaccessible = false };

    private static ArchivedFile Found(string folder, ref FileSystemEntry entry) =>
        new(PathOf(folder, ref entry), ArchivedName.Parse(entry.FileName), entry.Length, entry.LastWriteTimeUtc);

    private static string PathOf(string folder, ref FileSystemEntry entry)
    {
        var name = entry.FileName;
        var below = entry.Directory[entry.RootDirectory.Length..].Trim('/');
        return below.IsEmpty ? folder.Length == 0 ? name.ToString() : string.Concat(folder, "/", name) : string.Concat(folder.Length == 0 ? "" : $"{folder}/", below, "/", name);
    }

    private string At(string path) => path.Length == 0 ? location : Path.Combine(location, path);
}

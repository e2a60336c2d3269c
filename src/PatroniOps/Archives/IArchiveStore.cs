namespace PatroniOps.Archives;

/// <summary>A tree of files that holds an archive. Paths are relative to its root, with slashes. It is only read.</summary>
internal interface IArchiveStore
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>Its path, on the host.</summary>
    string Path => Location;

    /// <summary>The host that holds it, as ssh knows it; null: this machine.</summary>
    string? HostName => null;

    /// <summary>The file at the path; null when there is none.</summary>
    ArchivedFile? Find(string path);

    /// <summary>Those of the paths at which there is a file.</summary>
    IEnumerable<ArchivedFile> Find(IEnumerable<string> paths) => paths.Select(Find).OfType<ArchivedFile>();

    /// <summary>The names of the folders in a folder; none when it is not there.</summary>
    IReadOnlyList<string> Folders(string folder);

    /// <summary>The files in a folder, with those below it when asked for; none when it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">What the names must begin with.</param>
    /// <param name="isRecursive">With the folders below.</param>
    IEnumerable<ArchivedFile> Files(string folder, string prefix, bool isRecursive);

    /// <summary>The bytes as they are stored.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    Stream Open(string path);
}

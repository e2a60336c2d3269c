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

    /// <summary>Sizes are asked for one by one, so that several cores list it faster than one.</summary>
    bool IsListedInParts => false;

    /// <summary>The file at the path; null when there is none.</summary>
    ArchivedFile? Find(string path);

    /// <summary>Those of the paths at which there is a file.</summary>
    IEnumerable<ArchivedFile> Find(IEnumerable<string> paths) => paths.Select(Find).OfType<ArchivedFile>();

    /// <summary>There is such a folder.</summary>
    bool HasFolder(string path);

    /// <summary>The names of the folders in a folder, sorted; none when it is not there.</summary>
    IReadOnlyList<string> Folders(string folder);

    /// <summary>The names of files and folders in a folder, as they are found; none when it is not there. Nothing but names is read.</summary>
    IEnumerable<(string Name, bool IsFolder)> Entries(string folder);

    /// <summary>The files in a folder, with those below it when asked for; none when it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">What the names must begin with.</param>
    /// <param name="isRecursive">With the folders below.</param>
    /// <param name="share">Which of them, for listing on several cores.</param>
    IEnumerable<ArchivedFile> Files(string folder, string prefix, bool isRecursive, ListingShare share);

    /// <summary>The names of the files in a folder, with those below it when asked for; none when it is not there. Where sizes and times cost more than names, they are not asked for.</summary>
    IEnumerable<ArchivedPath> Names(string folder, bool isRecursive) => Files(folder, "", isRecursive, ListingShare.All).Select(f => new ArchivedPath(f.Path, f.Name));

    /// <summary>The bytes as they are stored.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    Stream Open(string path);
}

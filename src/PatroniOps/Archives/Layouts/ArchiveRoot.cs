namespace PatroniOps.Archives.Layouts;

/// <summary>A folder in which an archive's segments lie.</summary>
/// <param name="Path">From the store's root; empty: the root itself.</param>
/// <param name="HasSegmentFolders">Segments lie in folders below it, named by the first sixteen digits of theirs.</param>
internal sealed record ArchiveRoot(string Path, bool HasSegmentFolders)
{
    /// <summary>The folder of a segment.</summary>
    public string FolderOf(string segment) => HasSegmentFolders ? FileOf(segment[..16]) : Path;

    /// <summary>What lies directly in this folder.</summary>
    public string FileOf(string name) => Path.Length == 0 ? name : $"{Path}/{name}";
}

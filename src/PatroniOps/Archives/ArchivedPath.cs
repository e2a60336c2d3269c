namespace PatroniOps.Archives;

/// <summary>A file of an archive of which nothing but the name was read.</summary>
/// <param name="Path">Where it lies, from the archive's location.</param>
/// <param name="Name">What its name says.</param>
internal readonly record struct ArchivedPath(string Path, ArchivedName Name);

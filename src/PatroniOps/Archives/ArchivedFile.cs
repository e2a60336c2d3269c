using PatroniOps.Nodes;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>One file of an archive.</summary>
/// <param name="Path">Where it lies, from the archive's location.</param>
/// <param name="Name">What its name says.</param>
/// <param name="Length">Bytes as they are stored.</param>
/// <param name="WrittenAt">When it was last written.</param>
public readonly record struct ArchivedFile(string Path, ArchivedName Name, long Length, DateTimeOffset WrittenAt)
{
    /// <summary>The name without folders.</summary>
    public string FileName => PathOf.Name(Path);

    /// <summary>The sum of the uncompressed bytes in the name; null outside of pgBackRest.</summary>
    public string? Sha1 => ArchivedName.Sha1(FileName);

    /// <summary>The name says that the content is compressed. Its lack proves nothing: Barman's names never say it.</summary>
    public bool HasExtension => System.IO.Path.HasExtension(FileName);

    /// <summary>The segment that the name tells at this size; null when it tells none.</summary>
    public WalSegment? Segment(long segmentSize) =>
        Name.Kind == ArchivedFileKind.Segment && WalSegment.TryParse(FileName.AsSpan(0, ArchivedName.SegmentLength), segmentSize, out var segment) ? segment : null;
}

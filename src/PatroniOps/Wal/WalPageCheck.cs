using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>Checks the pages of a whole segment: that each is what its place says, written by the right cluster and version. Looks at no record.</summary>
/// <remarks>Source for order and conditions: PostgreSQL, src/backend/access/transam/xlogreader.c, XLogReaderValidatePageHeader.</remarks>
internal static class WalPageCheck
{
    /// <param name="segment">What the file's name says.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="systemIdentifier">The cluster that must have written it; null: not compared.</param>
    /// <param name="majorVersion">The version that must have written it; null: not compared.</param>
    /// <param name="pages">The pages before the first empty one: all of them unless the segment was left early.</param>
    public static WalProblem? Check(WalSegment segment, ReadOnlySpan<byte> content, ulong? systemIdentifier, int? majorVersion, out WalPages pages)
    {
        pages = default;
        if (content.Length != segment.Size)
            return new(segment.Start, $"it has {content.Length} bytes in place of {segment.Size}");
        if (Header(segment, content, systemIdentifier, majorVersion, out var size) is { } problem)
            return problem;
        var magic = WalPageHeader.Read(content)!.Value.Magic;
        var timeline = 0u;
        for (var at = 0; at < content.Length; at += size)
        {
            var page = content.Slice(at, size);
            var header = WalPageHeader.Read(page)!.Value;
            if (header == default)
            {
                pages = new WalPages(at, size);
                return content[at..].ContainsAnyExcept((byte)0) ? new(segment.Start + at, "an empty page is followed by others") : null;
            }
            if (Page(header, segment, at, magic, timeline) is { } text)
                return new(segment.Start + at, text);
            timeline = header.Timeline;
        }
        pages = new WalPages(content.Length, size);
        return null;
    }

    private static WalProblem? Header(WalSegment segment, ReadOnlySpan<byte> content, ulong? systemIdentifier, int? majorVersion, out int pageSize)
    {
        pageSize = 0;
        var magic = WalPageHeader.Read(content)?.Magic ?? 0;
        if (WalMagic.MajorVersion(magic) is not { } version)
            return new(segment.Start, $"it does not begin as WAL does (magic number {magic:X4})");
        if (majorVersion is { } wanted && wanted != version)
            return new(segment.Start, $"it was written by PostgreSQL {version} and not by {wanted}");
        if (WalSegmentHeader.Read(content) is not { } header)
            return new(segment.Start, "its first page has no long header");
        if (systemIdentifier is { } system && header.SystemIdentifier != system)
            return new(segment.Start, $"it belongs to the database cluster {header.SystemIdentifier} and not to {system}");
        if (header.SegmentSize != segment.Size)
            return new(segment.Start, $"its header tells a segment size of {header.SegmentSize}");
        if (header.BlockSize is < 1024 or > 65536 || (header.BlockSize & (header.BlockSize - 1)) != 0)
            return new(segment.Start, $"its header tells a page size of {header.BlockSize}");
        pageSize = (int)header.BlockSize;
        return null;
    }

    // A new timeline's segment begins with pages of its parent: the page's timeline may be older than the name's, and only grows.
    private static string? Page(WalPageHeader header, WalSegment segment, int at, ushort magic, uint timeline) =>
        header.Magic != magic ? $"a page has the magic number {header.Magic:X4}"
        : !header.HasKnownFlags ? $"a page has unknown flags ({(int)header.Flags:X4})"
        : header.Flags.HasFlag(WalPageFlags.LongHeader) != (at == 0) ? "a page has the header of another place"
        : header.Address != segment.Start + at ? $"a page is the one of {header.Address}"
        : header.Timeline < timeline || header.Timeline > segment.Timeline ? $"a page is of timeline {header.Timeline}"
        : null;
}

using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>What the head of a segment fixes for all of its pages.</summary>
/// <param name="Segment">What the file's name says.</param>
/// <param name="Magic">The number at the head of every page.</param>
/// <param name="PageSize">Bytes a page.</param>
internal readonly record struct WalSegmentFrame(WalSegment Segment, ushort Magic, int PageSize)
{
    /// <summary>Reads and checks the long header at the beginning of a segment.</summary>
    /// <param name="segment">What the file's name says.</param>
    /// <param name="head">The first bytes of the file.</param>
    /// <param name="systemIdentifier">The cluster that must have written it; null: not compared.</param>
    /// <param name="majorVersion">The version that must have written it; null: not compared.</param>
    /// <param name="frame">Meaningful when there is no problem.</param>
    /// <remarks>Source for order and conditions: PostgreSQL, src/backend/access/transam/xlogreader.c, XLogReaderValidatePageHeader.</remarks>
    public static WalProblem? Read(WalSegment segment, ReadOnlySpan<byte> head, ulong? systemIdentifier, int? majorVersion, out WalSegmentFrame frame)
    {
        frame = default;
        var magic = WalPageHeader.Read(head)?.Magic ?? 0;
        if (WalMagic.MajorVersion(magic) is not { } version)
            return new(segment.Start, $"it does not begin as WAL does (magic number {magic:X4})");
        if (majorVersion is { } wanted && wanted != version)
            return new(segment.Start, $"it was written by PostgreSQL {version} and not by {wanted}", IsOfOthers: true);
        if (WalSegmentHeader.Read(head) is not { } header)
            return new(segment.Start, "its first page has no long header");
        if (systemIdentifier is { } system && header.SystemIdentifier != system)
            return new(segment.Start, $"it belongs to the database cluster {header.SystemIdentifier} and not to {system}", IsOfOthers: true);
        if (header.SegmentSize != segment.Size)
            return new(segment.Start, $"its header tells a segment size of {header.SegmentSize}");
        if (header.BlockSize is < 1024 or > 65536 || (header.BlockSize & (header.BlockSize - 1)) != 0)
            return new(segment.Start, $"its header tells a page size of {header.BlockSize}");
        frame = new WalSegmentFrame(segment, magic, (int)header.BlockSize);
        return null;
    }
}

using System.Buffers.Binary;

namespace PatroniOps.Wal;

/// <summary>The head of a WAL segment: its first page's header with what is added there.</summary>
/// <param name="Page">The page's header.</param>
/// <param name="SystemIdentifier">The database cluster that wrote it.</param>
/// <param name="SegmentSize">Bytes a segment.</param>
/// <param name="BlockSize">Bytes a page.</param>
/// <remarks>Source: PostgreSQL, src/include/access/xlog_internal.h, XLogLongPageHeaderData.</remarks>
public readonly record struct WalSegmentHeader(WalPageHeader Page, ulong SystemIdentifier, uint SegmentSize, uint BlockSize)
{
    /// <summary>Reads the header at the beginning of the segment; null when there are too few bytes or it is no long one.</summary>
    public static WalSegmentHeader? Read(ReadOnlySpan<byte> segment) =>
        segment.Length < WalPageHeader.LongSize || WalPageHeader.Read(segment) is not { } page || !page.Flags.HasFlag(WalPageFlags.LongHeader)
            ? null
            : new WalSegmentHeader(
                page,
                BinaryPrimitives.ReadUInt64LittleEndian(segment[24..]),
                BinaryPrimitives.ReadUInt32LittleEndian(segment[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(segment[36..]));
}

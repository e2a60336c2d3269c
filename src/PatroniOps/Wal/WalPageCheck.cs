using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>Checks that a page's header is what its place says.</summary>
/// <remarks>Source for order and conditions: PostgreSQL, src/backend/access/transam/xlogreader.c, XLogReaderValidatePageHeader.</remarks>
internal static class WalPageCheck
{
    /// <param name="header">The page's header.</param>
    /// <param name="frame">Its segment's.</param>
    /// <param name="address">Where the page is.</param>
    /// <param name="timeline">The timeline of the page before; they only grow.</param>
    public static WalProblem? Check(in WalPageHeader header, in WalSegmentFrame frame, Lsn address, uint timeline)
    {
        // One comparison of everything for the page that is as it must be: there are thousands in a segment.
        var isFirst = address == frame.Segment.Start;
        return header.Magic == frame.Magic && header.HasKnownFlags && header.Flags.HasFlag(WalPageFlags.LongHeader) == isFirst
            && header.Address == address && header.Timeline > 0 && header.Timeline >= timeline && header.Timeline <= frame.Segment.Timeline
            ? null
            : new(address, Reason(header, frame, address, isFirst));
    }

    // A new timeline's segment begins with pages of its parent: the page's timeline may be older than the name's, and only grows.
    private static string Reason(in WalPageHeader header, in WalSegmentFrame frame, Lsn address, bool isFirst) =>
        header == default ? "the page is empty, and WAL should go on"
        : header.Magic != frame.Magic ? $"the page has the magic number {header.Magic:X4}"
        : !header.HasKnownFlags ? $"the page has unknown flags ({(int)header.Flags:X4})"
        : header.Flags.HasFlag(WalPageFlags.LongHeader) != isFirst ? "the page has the header of another place"
        : header.Address != address ? $"the page is the one of {header.Address}"
        : $"the page is of timeline {header.Timeline}";
}

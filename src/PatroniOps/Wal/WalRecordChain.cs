using System.Buffers.Binary;
using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>
/// Walks records from segment to segment and checks each one's sum and its link to the one before. A copy of it is a place to go back to.
/// </summary>
/// <remarks>Source for order and conditions: PostgreSQL, src/backend/access/transam/xlogreader.c.</remarks>
internal struct WalRecordChain
{
    // PostgreSQL's own limit, XLogRecordMaxSize, with room.
    private const uint MostBytes = 1 << 30;

    private WalRecordHeader header;
    private int headerBytes;
    private uint sum;
    private uint remaining;
    private Lsn start;
    private Lsn? previous;
    private uint timeline;
    private bool hasBegun;
    private bool hasSwitched;

    /// <summary>The next segment's pages, whose headers have been checked.</summary>
    public WalProblem? Append(WalSegment segment, ReadOnlySpan<byte> content, WalPages pages)
    {
        hasSwitched = false;
        for (var at = 0; at < pages.End && !hasSwitched; at += pages.Size)
            if (Page(content.Slice(at, pages.Size)) is { } problem)
                return problem;
        return pages.End < content.Length && !hasSwitched ? new(segment.Start + pages.End, "WAL ends before the segment does") : null;
    }

    private WalProblem? Page(ReadOnlySpan<byte> page)
    {
        var head = WalPageHeader.Read(page)!.Value;
        var at = head.Length;
        var continues = head.Flags.HasFlag(WalPageFlags.ContinuesRecord);
        // What was not finished before a crash, or before a promotion, is given up.
        if (remaining > 0 && (head.Flags.HasFlag(WalPageFlags.OverwritesRecord) || (!continues && head.Timeline > timeline)))
            (remaining, previous) = (0, null);
        timeline = head.Timeline;
        if (remaining > 0 && (!continues || head.Remaining != remaining))
            return new(head.Address, $"the record that begins at {start} is not continued");
        if (remaining == 0 && continues)
        {
            if (hasBegun)
                return new(head.Address, "a page continues a record that did not begin");
            // Its beginning lies before the first segment that was given.
            at = (int)Math.Min((ulong)page.Length, (ulong)at + Aligned(head.Remaining));
        }
        while (at < page.Length && !hasSwitched)
        {
            if (remaining == 0 && Begin(page[at..], head.Address + at) is { } problem)
                return problem;
            var part = page.Slice(at, (int)Math.Min(remaining, (uint)(page.Length - at)));
            Take(part);
            at = (int)Aligned((uint)(at + part.Length));
            if (remaining == 0 && End() is { } broken)
                return broken;
        }
        return null;
    }

    private WalProblem? Begin(ReadOnlySpan<byte> bytes, Lsn position)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length is < WalRecordHeader.Size or > MostBytes)
            return new(position, length == 0 ? "WAL ends before the segment does" : $"a record has a length of {length} bytes");
        (start, remaining, headerBytes, sum, hasBegun) = (position, length, 0, Crc32C.Initial, true);
        return null;
    }

    private void Take(ReadOnlySpan<byte> part)
    {
        remaining -= (uint)part.Length;
        var ofHeader = Math.Min(WalRecordHeader.Size - headerBytes, part.Length);
        part[..ofHeader].CopyTo(header[headerBytes..]);
        headerBytes += ofHeader;
        sum = Crc32C.Append(sum, part[ofHeader..]);
    }

    private WalProblem? End()
    {
        var link = WalRecordHeader.Previous(header);
        if (previous is { } before ? link != before : link >= start)
            return new(start, $"a record follows the one at {link}{(previous is { } last ? $" and not the one at {last}" : "")}");
        if (!WalRecordHeader.HasSum(header, sum))
            return new(start, "a record's checksum is wrong");
        previous = start;
        hasSwitched = WalRecordHeader.IsSwitch(header);
        return null;
    }

    private static ulong Aligned(uint length) => ((ulong)length + 7) & ~7UL;
}

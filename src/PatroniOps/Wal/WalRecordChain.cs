using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>
/// Walks pages and records from segment to segment and checks each one's header, sum and link to the one before. A copy of it is a place to go back to.
/// </summary>
/// <remarks>Source for order and conditions, and so for the position that a problem is at: PostgreSQL, src/backend/access/transam/xlogreader.c.</remarks>
internal struct WalRecordChain
{
    // PostgreSQL's own limit, XLogRecordMaxSize, with room.
    private const uint MostBytes = 1 << 30;

    // The record that is unfinished where a page ends.
    private WalRecordHeader header;
    private int headerBytes;
    private uint sum;
    private uint remaining;
    private Lsn start;

    private Lsn? previous;
    private Lsn? overwritten;
    private uint timeline;
    private bool hasBegun;

    /// <summary>XLOG_SWITCH was read: the rest of the segment is left empty.</summary>
    public bool HasSwitched { get; private set; }

    /// <summary>A record has begun at or behind this position: whatever began before it has been checked.</summary>
    public readonly bool IsBeyond(Lsn position) => HasSwitched || (remaining > 0 && start >= position) || (remaining == 0 && previous >= position);

    /// <summary>What is needed to go on from here another time.</summary>
    public readonly WalTail Save() => new(timeline, previous, start, remaining, remaining == 0 ? null : Convert.ToHexString(header[..headerBytes]), sum);

    /// <summary>Goes on from there.</summary>
    public static WalRecordChain Restore(WalTail tail)
    {
        var chain = new WalRecordChain { timeline = tail.Timeline, previous = tail.Previous, start = tail.Start, remaining = tail.Remaining, sum = tail.Sum, hasBegun = tail.Previous is not null || tail.Remaining > 0 };
        if (tail is { Remaining: > 0, Header: { } digits })
        {
            chain.headerBytes = digits.Length / 2;
            Convert.FromHexString(digits).CopyTo(chain.header[..]);
        }
        return chain;
    }

    /// <summary>The chain goes on in another segment.</summary>
    public void Enter() => HasSwitched = false;

    /// <summary>The next pages of a segment, whole ones.</summary>
    public WalProblem? Append(in WalSegmentFrame frame, ReadOnlySpan<byte> pages, Lsn address)
    {
        for (var at = 0; at < pages.Length && !HasSwitched; at += frame.PageSize)
            if (Page(frame, pages.Slice(at, frame.PageSize), address + at) is { } problem)
                return problem;
        return null;
    }

    private WalProblem? Page(in WalSegmentFrame frame, ReadOnlySpan<byte> page, Lsn address)
    {
        var head = WalPageHeader.Read(page)!.Value;
        if (WalPageCheck.Check(head, frame, address, timeline) is { } wrong)
            return wrong;
        GiveUp(head);
        timeline = head.Timeline;
        var at = head.Length;
        var continues = head.Flags.HasFlag(WalPageFlags.ContinuesRecord);
        if (remaining > 0)
        {
            if (!continues || head.Remaining != remaining)
                return new(start, $"the record is not continued on the page at {address}");
            if (Continue(page, ref at) is { } broken)
                return broken;
        }
        else if (continues)
        {
            if (hasBegun)
                return new(address + at, "the page continues a record that did not begin");
            // Its beginning lies before the first segment that was given.
            at = (int)Math.Min((ulong)page.Length, (ulong)at + Aligned(head.Remaining));
        }
        while (at < page.Length && !HasSwitched)
            if (Record(page, ref at, address) is { } problem)
                return problem;
        return null;
    }

    // What was not finished before a crash, or before a promotion, is given up.
    private void GiveUp(in WalPageHeader head)
    {
        if (remaining == 0)
            return;
        if (head.Flags.HasFlag(WalPageFlags.OverwritesRecord))
            (remaining, overwritten) = (0, start);
        else if (!head.Flags.HasFlag(WalPageFlags.ContinuesRecord) && head.Timeline > timeline)
            (remaining, previous) = (0, null);
    }

    private WalProblem? Record(ReadOnlySpan<byte> page, ref int at, Lsn address)
    {
        var bytes = page[at..];
        var position = address + at;
        var length = WalRecordHeader.Length(bytes);
        if (length is < WalRecordHeader.Size or > MostBytes)
            return new(position, length == 0 ? "WAL ends before the segment does" : $"a record has a length of {length} bytes");
        hasBegun = true;
        if (bytes.Length >= WalRecordHeader.Size && Header(bytes, position) is { } problem)
            return problem;
        if (length > bytes.Length)
        {
            (start, remaining, headerBytes, sum) = (position, length, 0, Crc32C.Initial);
            Take(bytes);
            at = page.Length;
            return null;
        }
        if (!WalRecordHeader.HasSum(bytes, Crc32C.Append(Crc32C.Initial, bytes[WalRecordHeader.Size..(int)length])))
            return new(position, "a record's checksum is wrong");
        at += (int)Aligned(length);
        End(bytes, position);
        return null;
    }

    private WalProblem? Continue(ReadOnlySpan<byte> page, ref int at)
    {
        var part = page.Slice(at, (int)Math.Min(remaining, (uint)(page.Length - at)));
        var isHeaderSplit = headerBytes < WalRecordHeader.Size;
        Take(part);
        at = (int)Aligned((uint)(at + part.Length));
        if (isHeaderSplit && Header(header, start) is { } problem)
            return problem;
        if (remaining > 0)
            return null;
        if (!WalRecordHeader.HasSum(header, sum))
            return new(start, "a record's checksum is wrong");
        End(header, start);
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

    private readonly WalProblem? Header(ReadOnlySpan<byte> bytes, Lsn position)
    {
        var link = WalRecordHeader.Previous(bytes);
        if (!WalRecordHeader.HasKnownManager(bytes))
            return new(position, $"a record has the resource manager {bytes[17]}");
        if (previous is { } before ? link != before : link >= position)
            return new(position, $"a record follows the one at {link}{(previous is { } last ? $" and not the one at {last}" : "")}");
        return overwritten is not null && !WalRecordHeader.IsOverwrite(bytes) ? new(position, $"the record at {overwritten} was given up, and the next does not say so") : null;
    }

    private void End(ReadOnlySpan<byte> bytes, Lsn position)
    {
        (previous, overwritten) = (position, null);
        HasSwitched = WalRecordHeader.IsSwitch(bytes);
    }

    private static ulong Aligned(uint length) => ((ulong)length + 7) & ~7UL;
}

using System.Buffers;
using System.Globalization;

namespace PatroniOps.Postgres;

/// <summary>One file of the write-ahead log: a timeline and a segment number at a given segment size.</summary>
/// <param name="Timeline">The timeline that the file belongs to, from 1.</param>
/// <param name="Number">The segment's number from the beginning of the log: position divided by the segment size.</param>
/// <param name="Size">Bytes a segment; a power of two from 1 MiB to 1 GiB.</param>
/// <remarks>Source: PostgreSQL, src/include/access/xlog_internal.h (XLogFileName, XLByteToSeg).</remarks>
public readonly record struct WalSegment(uint Timeline, ulong Number, long Size) : IComparable<WalSegment>
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("0123456789ABCDEF");

    /// <summary>PostgreSQL's default segment size, 16 MiB.</summary>
    public const long DefaultSize = 16L << 20;

    /// <summary>The segment that holds the byte at <paramref name="position"/>.</summary>
    public static WalSegment Holding(Lsn position, uint timeline, long size = DefaultSize) => new(timeline, position.Value / (ulong)size, size);

    /// <summary>True when <paramref name="size"/> is one that PostgreSQL can use.</summary>
    public static bool IsValidSize(long size) => size is >= 1 << 20 and <= 1 << 30 && (size & (size - 1)) == 0;

    /// <summary>Parses a bare segment name of 24 upper-case hexadecimal digits; history, backup and partial files are no segments.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, long size, out WalSegment segment)
    {
        segment = default;
        if (name.Length != 24 || !IsValidSize(size) || name.IndexOfAnyExcept(NameCharacters) >= 0)
            return false;
        var timeline = uint.Parse(name[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var log = ulong.Parse(name[8..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var low = ulong.Parse(name[16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var perLog = 0x1_0000_0000UL / (ulong)size;
        if (timeline == 0 || low >= perLog)
            return false;
        segment = new WalSegment(timeline, (log * perLog) + low, size);
        return true;
    }

    /// <summary>The position of the segment's first byte.</summary>
    public Lsn Start => new(unchecked(Number * (ulong)Size));

    /// <summary>The position just behind the segment's last byte.</summary>
    public Lsn End => new(unchecked((Number + 1) * (ulong)Size));

    /// <summary>The file's name, 24 hexadecimal digits.</summary>
    public string Name
    {
        get
        {
            var perLog = 0x1_0000_0000UL / (ulong)Size;
            return string.Create(CultureInfo.InvariantCulture, $"{Timeline:X8}{Number / perLog:X8}{Number % perLog:X8}");
        }
    }

    public int CompareTo(WalSegment other) => (Number, Timeline).CompareTo((other.Number, other.Timeline));

    public static bool operator <(WalSegment left, WalSegment right) => left.CompareTo(right) < 0;

    public static bool operator >(WalSegment left, WalSegment right) => left.CompareTo(right) > 0;

    public static bool operator <=(WalSegment left, WalSegment right) => left.CompareTo(right) <= 0;

    public static bool operator >=(WalSegment left, WalSegment right) => left.CompareTo(right) >= 0;

    public override string ToString() => Name;
}

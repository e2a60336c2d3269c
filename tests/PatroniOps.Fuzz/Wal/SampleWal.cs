using System.Buffers.Binary;
using System.Numerics;
using PatroniOps.Postgres;

namespace PatroniOps.Fuzz.Wal;

/// <summary>Writes WAL as PostgreSQL 15 does: records over pages and segments, with their sums and links. Segments of 1 MiB.</summary>
public sealed class SampleWal(ulong start = 4)
{
    public const int SegmentSize = 1 << 20;
    public const int PageSize = 8192;
    public const ulong System = 7711053807678862945;

    private readonly List<byte[]> segments = [];
    private readonly List<uint> timelines = [];
    private readonly List<bool[]> covered = [];
    private ulong position = start * SegmentSize;
    private ulong previous;

    public uint Timeline { get; set; } = 1;

    /// <summary>Positions at which records begin.</summary>
    public List<Lsn> Records { get; } = [];

    public IReadOnlyList<(WalSegment Segment, byte[] Content)> Segments =>
        [.. segments.Select((content, i) => (new WalSegment(timelines[i], start + (ulong)i, SegmentSize), content))];

    /// <summary>Whether any check covers the byte: not the filling between records, nor fields without meaning.</summary>
    public bool IsCovered(Lsn at) => covered[(int)((at.Value / SegmentSize) - start)][at.Value % SegmentSize];

    /// <summary>One record with so many bytes of data.</summary>
    public void Record(int length, byte manager = 10, byte info = 0)
    {
        var record = new byte[24 + length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)record.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(8), previous);
        (record[16], record[17]) = (info, manager);
        new Random(length).NextBytes(record.AsSpan(24));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(20), Sum(record));
        BeginPage(0);
        previous = position;
        Records.Add(new Lsn(position));
        for (var written = 0; written < record.Length;)
        {
            BeginPage(written == 0 ? 0 : (uint)(record.Length - written));
            var part = Math.Min(record.Length - written, PageSize - (int)(position % PageSize));
            record.AsSpan(written, part).CopyTo(Current.AsSpan((int)(position % SegmentSize)));
            Cover(0, part);
            position += (ulong)part;
            written += part;
        }
        position = (position + 7) & ~7UL;
    }

    /// <summary>XLOG_SWITCH: the rest of the segment stays empty.</summary>
    public void Switch()
    {
        Record(0, manager: 0, info: 0x40);
        position = (position + SegmentSize - 1) / SegmentSize * SegmentSize;
    }

    /// <summary>Records of many lengths until so many segments are full; the last one is not.</summary>
    public SampleWal Fill(int count)
    {
        var random = new Random(1);
        while (segments.Count <= count)
            Record(random.Next(10) == 0 ? random.Next(40000) : random.Next(300));
        return this;
    }

    private byte[] Current => segments[^1];

    private void BeginPage(uint remaining)
    {
        if (position % PageSize != 0)
            return;
        var isFirst = position % SegmentSize == 0;
        if (isFirst)
        {
            segments.Add(new byte[SegmentSize]);
            covered.Add(new bool[SegmentSize]);
            timelines.Add(Timeline);
        }
        var page = Current.AsSpan((int)(position % SegmentSize));
        BinaryPrimitives.WriteUInt16LittleEndian(page, 0xD110);
        BinaryPrimitives.WriteUInt16LittleEndian(page[2..], (ushort)((remaining > 0 ? 1 : 0) | (isFirst ? 2 : 0)));
        BinaryPrimitives.WriteUInt32LittleEndian(page[4..], Timeline);
        BinaryPrimitives.WriteUInt64LittleEndian(page[8..], position);
        BinaryPrimitives.WriteUInt32LittleEndian(page[16..], remaining);
        if (isFirst)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(page[24..], System);
            BinaryPrimitives.WriteUInt32LittleEndian(page[32..], SegmentSize);
            BinaryPrimitives.WriteUInt32LittleEndian(page[36..], PageSize);
        }
        Cover(0, 2);
        Cover(4, remaining > 0 ? 16 : 12);
        Cover(24, isFirst ? 16 : 0);
        position += isFirst ? 40u : 24u;
    }

    private void Cover(int from, int length) => covered[^1].AsSpan((int)(position % SegmentSize) + from, length).Fill(true);

    // Byte by byte, so that it is not the code under test.
    private static uint Sum(byte[] record)
    {
        var sum = uint.MaxValue;
        foreach (var value in record.Skip(24).Concat(record.Take(20)))
            sum = BitOperations.Crc32C(sum, value);
        return ~sum;
    }
}

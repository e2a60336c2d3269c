using System.Buffers.Binary;

namespace PatroniOps.LabTests.Wal;

/// <summary>Finds the records of a segment in the simplest way, apart from the code under test: which bytes a sum covers, and of which record.</summary>
internal static class WalCoverage
{
    private const int PageSize = 8192;
    private const int RecordHeader = 24;

    /// <summary>For each byte the offset of the record that begins in this segment and covers it, or -1.</summary>
    public static int[] Of(byte[] segment)
    {
        var covered = new int[segment.Length];
        Array.Fill(covered, -1);
        // Offsets of bytes that are no page header, in order.
        var stream = Enumerable.Range(0, segment.Length).Where(at => at % PageSize >= (at < PageSize ? 40 : 24)).ToArray();
        var next = (int)((BinaryPrimitives.ReadUInt16LittleEndian(segment.AsSpan(2)) & 1) == 1 ? BinaryPrimitives.ReadUInt32LittleEndian(segment.AsSpan(16)) : 0);
        while ((next = Aligned(stream, next)) < stream.Length)
        {
            var start = stream[next];
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(segment.AsSpan(start));
            if (length < RecordHeader)
                break;
            for (var i = next; i < Math.Min(next + length, stream.Length); i++)
                covered[stream[i]] = start;
            if (next + RecordHeader <= stream.Length && segment[stream[next + 17]] == 0 && (segment[stream[next + 16]] & 0xF0) == 0x40)
                break;
            next += length;
        }
        return covered;
    }

    /// <summary>Whether a page says that a record before it was given up.</summary>
    public static bool HasGivenUp(string file)
    {
        var segment = File.ReadAllBytes(file);
        return Enumerable.Range(0, segment.Length / PageSize).Any(page => (segment[(page * PageSize) + 2] & 8) != 0);
    }

    // Records begin at multiples of eight in the file.
    private static int Aligned(int[] stream, int next)
    {
        while (next < stream.Length && stream[next] % 8 != 0)
            next++;
        return next;
    }
}

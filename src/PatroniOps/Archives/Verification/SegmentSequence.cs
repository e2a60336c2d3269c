using PatroniOps.Postgres;

namespace PatroniOps.Archives.Verification;

/// <summary>Segments that follow each other without a hole on one line of descent, perhaps over several timelines.</summary>
/// <param name="ranges">Runs in order; each begins where the one before ends.</param>
/// <param name="segmentSize">Bytes a segment.</param>
internal sealed class SegmentSequence(IReadOnlyList<WalRange> ranges, long segmentSize)
{
    /// <summary>How many segments.</summary>
    public long Count { get; } = ranges.Sum(r => (long)(r.Last - r.First + 1));

    /// <summary>The segment at the index, from 0.</summary>
    public WalSegment this[long index]
    {
        get
        {
            var number = ranges[0].First + (ulong)index;
            return new WalSegment(ranges.First(r => number <= r.Last).Timeline, number, segmentSize);
        }
    }

    /// <summary>The segment that holds the position; null when none of these does.</summary>
    public WalSegment? Holding(Lsn position)
    {
        var number = position.Value / (ulong)segmentSize;
        return number >= ranges[0].First && number <= ranges[^1].Last ? this[(long)(number - ranges[0].First)] : null;
    }
}

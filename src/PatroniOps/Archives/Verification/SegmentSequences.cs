using PatroniOps.Archives.Continuity;
using PatroniOps.Postgres;

namespace PatroniOps.Archives.Verification;

/// <summary>Puts every segment of an archive into exactly one sequence, and cuts sequences into runs.</summary>
internal static class SegmentSequences
{
    private const int LeftForEach = 4;

    /// <summary>The line to the newest timeline first, then what lies beside it.</summary>
    public static IReadOnlyList<SegmentSequence> Of(IReadOnlyList<WalRange> ranges, TimelineTree tree, uint newest, long segmentSize)
    {
        var line = tree.LineOf(newest);
        var beside = ranges.SelectMany(range => Without(range, line.FirstOrDefault(p => p.Timeline == range.Timeline)));
        return [.. Consecutive(WalContinuity.Present(line, ranges)).Concat(beside.Select(r => new List<WalRange> { r })).Select(r => new SegmentSequence(r, segmentSize))];
    }

    /// <summary>The runs of one part of several, which all together have each segment once.</summary>
    /// <param name="sequences">The whole.</param>
    /// <param name="segmentSize">Bytes a segment.</param>
    /// <param name="options">Which part, and how long a run is.</param>
    public static IEnumerable<SegmentRun> Runs(IReadOnlyList<SegmentSequence> sequences, long segmentSize, WalVerificationOptions options)
    {
        var total = sequences.Sum(s => s.Count);
        var (from, to) = ((long)((Int128)total * (options.Partition - 1) / options.PartitionCount), (long)((Int128)total * options.Partition / options.PartitionCount));
        var longest = Math.Max(1, options.RunBytes / segmentSize);
        var before = 0L;
        foreach (var sequence in sequences)
        {
            var end = Math.Min(sequence.Count, to - before);
            for (var at = Math.Max(0, from - before); at < end;)
            {
                // The shorter the less is left, so that all workers end together; a seam costs little, a core that waits costs more.
                var count = Math.Min(end - at, Math.Clamp((to - before - at) / (LeftForEach * options.DegreeOfParallelism), 1, longest));
                yield return new SegmentRun(sequence, at, count);
                at += count;
            }
            before += sequence.Count;
        }
    }

    private static IEnumerable<List<WalRange>> Consecutive(IEnumerable<WalRange> ranges)
    {
        List<WalRange>? group = null;
        foreach (var range in ranges)
        {
            if (group is not null && range.First != group[^1].Last + 1)
            {
                yield return group;
                group = null;
            }
            (group ??= []).Add(range);
        }
        if (group is not null)
            yield return group;
    }

    private static IEnumerable<WalRange> Without(WalRange range, LinePiece? piece)
    {
        if (piece is null)
        {
            yield return range;
            yield break;
        }
        if (range.First < piece.From)
            yield return range with { Last = Math.Min(range.Last, piece.From - 1) };
        if (piece.To is { } to && range.Last >= to)
            yield return range with { First = Math.Max(range.First, to) };
    }
}

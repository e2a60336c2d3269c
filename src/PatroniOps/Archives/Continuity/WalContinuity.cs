using PatroniOps.Postgres;

namespace PatroniOps.Archives.Continuity;

/// <summary>
/// Finds what is missing between the oldest and the newest segment of each line of descent. What is older than the oldest has expired, and what is
/// newer than the newest has not been archived yet: neither is a gap.
/// </summary>
internal static class WalContinuity
{
    /// <param name="ranges">The segments that are there, sorted.</param>
    /// <param name="tree">Where timelines come from.</param>
    /// <param name="newest">The timeline that the cluster is on.</param>
    /// <param name="segmentSize">Bytes a segment.</param>
    public static IReadOnlyList<MissingRun> Check(IReadOnlyList<WalRange> ranges, TimelineTree tree, uint newest, long segmentSize)
    {
        var missing = new List<MissingRun>();
        // What one line has been through is not judged again with the branches that share it.
        var judged = new Dictionary<uint, ulong>();
        foreach (var timeline in ranges.Select(r => r.Timeline).Append(newest).Distinct().OrderByDescending(t => t == newest).ThenByDescending(t => t))
        {
            var line = tree.LineOf(timeline);
            foreach (var (before, after) in Neighbours(Present(line, ranges)))
                missing.AddRange(Runs(line, before, after, judged, segmentSize).Select(run => new MissingRun(
                    timeline, run.First, run.Last, Segment(before.Timeline, before.Last), Segment(after.Timeline, after.First), timeline != newest)));
            foreach (var piece in line)
                judged[piece.Timeline] = piece.To is { } to ? Math.Max(to, judged.GetValueOrDefault(piece.Timeline)) : ulong.MaxValue;
        }
        return missing;

        WalSegment Segment(uint timeline, ulong number) => new(timeline, number, segmentSize);
    }

    /// <summary>The segments of a line that are there, as runs in the order in which recovery reads them.</summary>
    public static IEnumerable<WalRange> Present(IReadOnlyList<LinePiece> line, IReadOnlyList<WalRange> ranges) =>
        from piece in line
        from range in ranges
        where range.Timeline == piece.Timeline && range.Last >= piece.From && (piece.To is not { } to || range.First < to)
        select new WalRange(range.Timeline, Math.Max(range.First, piece.From), piece.To is { } end ? Math.Min(range.Last, end - 1) : range.Last);

    private static IEnumerable<(WalRange Before, WalRange After)> Neighbours(IEnumerable<WalRange> present)
    {
        WalRange? before = null;
        foreach (var range in present)
        {
            if (before is not null && range.First > before.Last + 1)
                yield return (before, range);
            before = range;
        }
    }

    // One run over all pieces, broken only where another line has judged already.
    private static IEnumerable<(WalSegment First, WalSegment Last)> Runs(
        IReadOnlyList<LinePiece> line, WalRange before, WalRange after, Dictionary<uint, ulong> judged, long segmentSize)
    {
        (WalSegment First, WalSegment Last)? run = null;
        foreach (var piece in line)
        {
            var from = Math.Max(Math.Max(before.Last + 1, piece.From), judged.GetValueOrDefault(piece.Timeline));
            var to = Math.Min(after.First, piece.To ?? ulong.MaxValue);
            if (from >= to)
                continue;
            var (first, last) = (new WalSegment(piece.Timeline, from, segmentSize), new WalSegment(piece.Timeline, to - 1, segmentSize));
            if (run is { } begun && begun.Last.Number + 1 != from)
            {
                yield return begun;
                run = null;
            }
            run = (run?.First ?? first, last);
        }
        if (run is { } whole)
            yield return whole;
    }
}

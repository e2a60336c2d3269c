using PatroniOps.Postgres;

namespace PatroniOps.Diagnosis;

/// <summary>A set of segment numbers as sorted runs without overlap. Costs as much as it has runs, however many segments they span.</summary>
internal sealed class SegmentSet
{
    private readonly List<(uint Timeline, ulong First, ulong Last)> runs;

    private SegmentSet(List<(uint, ulong, ulong)> runs) => this.runs = runs;

    public bool IsEmpty => runs.Count == 0;

    public long Count => runs.Sum(r => (long)Math.Min(r.Last - r.First + 1, long.MaxValue / 4));

    public (uint Timeline, ulong Number)? First => runs.Count == 0 ? null : (runs[0].Timeline, runs[0].First);

    public (uint Timeline, ulong Number)? Last => runs.Count == 0 ? null : (runs[^1].Timeline, runs[^1].Last);

    /// <summary>The runs, oldest first.</summary>
    public IEnumerable<WalRange> Ranges => runs.Select(r => new WalRange(r.Timeline, r.First, r.Last));

    /// <summary>Every segment, oldest first.</summary>
    public IEnumerable<WalSegment> Segments(long segmentSize)
    {
        foreach (var (timeline, first, last) in runs)
            for (var number = first; number <= last; number++)
                yield return new WalSegment(timeline, number, segmentSize);
    }

    /// <summary>The segments from one number to another, both included and none when the last is below the first, each under the timeline whose name it bears.</summary>
    public static SegmentSet Needed(ulong first, ulong last, TimelineHistory history, long segmentSize)
    {
        var runs = new List<(uint, ulong, ulong)>();
        for (var number = first; number <= last;)
        {
            var timeline = history.TimelineOfSegment(number, segmentSize);
            // A timeline's own segments end before the one in which it was left.
            var end = history.EndOf(timeline) is { } left && timeline != history.Current ? (left.Value / (ulong)segmentSize) - 1 : last;
            end = Math.Min(end, last);
            runs.Add((timeline, number, end));
            number = end + 1;
        }
        return new SegmentSet(runs);
    }

    /// <summary>The part of this set that the ranges cover.</summary>
    public SegmentSet Intersect(IEnumerable<WalRange> ranges)
    {
        var kept = new List<(uint, ulong, ulong)>();
        var sorted = ranges.ToList();
        foreach (var run in runs)
            foreach (var range in sorted.Where(r => r.Timeline == run.Timeline && r.First <= run.Last && r.Last >= run.First).OrderBy(r => r.First))
                kept.Add((run.Timeline, Math.Max(run.First, range.First), Math.Min(run.Last, range.Last)));
        return new SegmentSet(kept);
    }

    /// <summary>The part of this set that the other does not have.</summary>
    public SegmentSet Except(SegmentSet other)
    {
        var rest = new List<(uint, ulong, ulong)>();
        foreach (var run in runs)
        {
            var next = run.First;
            foreach (var hole in other.runs.Where(r => r.Timeline == run.Timeline && r.First <= run.Last && r.Last >= run.First).OrderBy(r => r.First))
            {
                if (hole.First > next)
                    rest.Add((run.Timeline, next, hole.First - 1));
                next = Math.Max(next, hole.Last + 1);
            }
            if (next <= run.Last)
                rest.Add((run.Timeline, next, run.Last));
        }
        return new SegmentSet(rest);
    }
}

namespace PatroniOps.Postgres;

/// <summary>A run of segment numbers without a hole on one timeline, both ends included.</summary>
/// <param name="Timeline">The timeline in the files' names.</param>
/// <param name="First">The first segment's number.</param>
/// <param name="Last">The last segment's number.</param>
public sealed record WalRange(uint Timeline, ulong First, ulong Last)
{
    /// <summary>Folds segment names into runs, sorted by timeline and number; names that are no segments are left out.</summary>
    public static IReadOnlyList<WalRange> FromNames(IEnumerable<string> names, long segmentSize)
    {
        var segments = new List<WalSegment>();
        foreach (var name in names)
            if (WalSegment.TryParse(name, segmentSize, out var segment))
                segments.Add(segment);
        return FromSegments(segments);
    }

    /// <summary>Folds segments into runs, sorted by timeline and number.</summary>
    public static IReadOnlyList<WalRange> FromSegments(IEnumerable<WalSegment> segments)
    {
        var ranges = new List<WalRange>();
        foreach (var segment in segments.OrderBy(s => s.Timeline).ThenBy(s => s.Number))
        {
            if (ranges is [.., var last] && last.Timeline == segment.Timeline && segment.Number <= last.Last + 1)
                ranges[^1] = last with { Last = Math.Max(last.Last, segment.Number) };
            else
                ranges.Add(new WalRange(segment.Timeline, segment.Number, segment.Number));
        }
        return ranges;
    }
}

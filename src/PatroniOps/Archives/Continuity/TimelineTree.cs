using PatroniOps.Postgres;

namespace PatroniOps.Archives.Continuity;

/// <summary>Where each timeline of an archive comes from, as far as histories tell. A history tells of all ancestors: one that is missing is often known from another.</summary>
/// <param name="histories">The histories that are known, of any timelines.</param>
/// <param name="segmentSize">Bytes a segment.</param>
internal sealed class TimelineTree(IReadOnlyCollection<TimelineHistory> histories, long segmentSize)
{
    /// <summary>The timeline's parent with the position where the parent ended; null for the first timeline, and when no history tells.</summary>
    public TimelineSwitch? OriginOf(uint timeline)
    {
        foreach (var history in histories.Where(h => h.Contains(timeline)).OrderBy(h => h.Current))
            if (history.Switches.LastOrDefault(s => s.Timeline < timeline) is { } origin)
                return origin;
        return null;
    }

    /// <summary>
    /// The names that recovery along this timeline reads, oldest first. The segment in which a switch lies bears the new timeline's name; a timeline
    /// that ended in the segment in which it began has no piece.
    /// </summary>
    public IReadOnlyList<LinePiece> LineOf(uint timeline)
    {
        var pieces = new List<LinePiece>();
        ulong? to = null;
        while (true)
        {
            var origin = OriginOf(timeline);
            var from = origin is null ? 0 : origin.Position.Value / (ulong)segmentSize;
            if (to is null || from < to)
                pieces.Insert(0, new LinePiece(timeline, from, to));
            if (origin is null)
                return pieces;
            (timeline, to) = (origin.Timeline, to is { } end ? Math.Min(from, end) : from);
        }
    }
}

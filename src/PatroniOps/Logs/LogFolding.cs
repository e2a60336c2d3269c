namespace PatroniOps.Logs;

/// <summary>
/// Folds messages of the same kind about the same slot, segment and timeline into one event. Kinds alternate in real logs (refused, waiting,
/// refused, ...), so many stay open side by side; when there are too many, the one that was silent longest is given out.
/// </summary>
internal sealed class LogFolding
{
    private const int Capacity = 512;

    private readonly Dictionary<Key, LogEvent> open = [];
    private readonly Dictionary<Key, long> lastSeen = [];
    private long clock;

    /// <summary>Takes an event; gives the one that has to make room, if any.</summary>
    public LogEvent? Add(LogEvent found)
    {
        var key = new Key(found.Kind, found.SlotName, found.Segment, found.Timeline);
        lastSeen[key] = ++clock;
        if (open.TryGetValue(key, out var first))
        {
            open[key] = Fold(first, found);
            return null;
        }
        open.Add(key, LogEventFactory.Presentable(found));
        return open.Count > Capacity ? Remove(lastSeen.MinBy(p => p.Value).Key) : null;
    }

    /// <summary>Everything that is still open, in the order of the file.</summary>
    public IReadOnlyList<LogEvent> Drain()
    {
        var all = open.Values.OrderBy(e => e.LineNumber).ToList();
        open.Clear();
        lastSeen.Clear();
        return all;
    }

    private static LogEvent Fold(LogEvent first, LogEvent found) => first with
    {
        Count = first.Count + found.Count,
        Time = first.Time ?? found.Time,
        TimeText = first.TimeText ?? found.TimeText,
        TimeIsExact = first.Time is null ? found.TimeIsExact : first.TimeIsExact && (found.TimeIsExact || found.Time is null),
        LastTime = found.LastTime ?? first.LastTime,
        LastLsn = found.LastLsn ?? first.LastLsn,
    };

    private LogEvent Remove(Key key)
    {
        open.Remove(key, out var folded);
        lastSeen.Remove(key);
        return folded!;
    }

    private sealed record Key(LogEventKind Kind, string? SlotName, string? Segment, uint? Timeline);
}

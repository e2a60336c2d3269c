using System.Runtime.InteropServices;

namespace PatroniOps.Logs;

/// <summary>
/// Folds messages of the same kind about the same slot, segment and timeline into one event. Kinds alternate in real logs (refused, waiting,
/// refused, ...), so many stay open side by side; when there are too many, the one that was silent longest is given out.
/// </summary>
internal sealed class LogFolding
{
    private const int Capacity = 512;

    private readonly Dictionary<Key, Open> open = [];
    private long clock;

    /// <summary>Takes an event; gives the one that has to make room, if any.</summary>
    public LogEvent? Add(LogEvent found)
    {
        var key = new Key(found.Kind, found.SlotName, found.Segment, found.Timeline);
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(open, key, out var exists);
        entry = new Open(exists ? Fold(entry.Event, found) : LogEventFactory.Presentable(found), ++clock);
        return open.Count > Capacity ? RemoveOldest() : null;
    }

    /// <summary>Everything that is still open, in the order of the file.</summary>
    public IReadOnlyList<LogEvent> Drain()
    {
        var all = open.Values.Select(o => o.Event).OrderBy(e => e.LineNumber).ToList();
        open.Clear();
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

    private LogEvent RemoveOldest()
    {
        open.Remove(open.MinBy(o => o.Value.LastSeen).Key, out var oldest);
        return oldest.Event;
    }

    private readonly record struct Key(LogEventKind Kind, string? SlotName, string? Segment, uint? Timeline);

    private readonly record struct Open(LogEvent Event, long LastSeen);
}

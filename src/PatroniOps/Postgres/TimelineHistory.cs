using System.Globalization;
using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>The line of descent of one timeline: where each ancestor ended and its successor began.</summary>
/// <remarks>Sources: PostgreSQL, src/backend/access/transam/timeline.c; Patroni, GET /history.</remarks>
public sealed class TimelineHistory
{
    private readonly TimelineSwitch[] switches;

    /// <param name="current">The newest timeline, the leader's.</param>
    /// <param name="switches">Where each ancestor ended.</param>
    public TimelineHistory(uint current, IEnumerable<TimelineSwitch> switches)
    {
        Current = current;
        this.switches = [.. switches.Where(s => s.Timeline < current).OrderBy(s => s.Timeline)];
    }

    /// <summary>The newest timeline, the leader's.</summary>
    public uint Current { get; }

    /// <summary>Where each ancestor ended, oldest first.</summary>
    public IReadOnlyList<TimelineSwitch> Switches => switches;

    /// <summary>The position at which <paramref name="timeline"/> ended in this line of descent; null when it is the current one or is not known here.</summary>
    public Lsn? EndOf(uint timeline) => switches.FirstOrDefault(s => s.Timeline == timeline)?.Position;

    /// <summary>True when <paramref name="timeline"/> is the current one or a known ancestor.</summary>
    public bool Contains(uint timeline) => timeline == Current || switches.Any(s => s.Timeline == timeline);

    /// <summary>
    /// The timeline under whose name the segment is found. The segment in which a switch lies exists on the new timeline, with the old
    /// content before the switch, and on the old one at most as <c>.partial</c>.
    /// </summary>
    public uint TimelineOfSegment(ulong number, long segmentSize)
    {
        foreach (var step in switches)
            if (number < step.Position.Value / (ulong)segmentSize)
                return step.Timeline;
        return Current;
    }

    /// <summary>Reads the text of a history file: <c>parentTLI TAB X/X TAB reason</c>, ascending; comments and empty lines do not count.</summary>
    /// <exception cref="FormatException">It is not such a text; the message names the line.</exception>
    public static TimelineHistory ParseFile(uint timeline, string text)
    {
        var switches = new List<TimelineSwitch>();
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var fields = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2 || !uint.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var parent) || parent == 0 || !Lsn.TryParse(fields[1], out var position))
                throw new FormatException($"'{line}' is not a line of a history file");
            if (parent >= timeline || switches is [.., var before] && before.Timeline >= parent)
                throw new FormatException($"'{line}' does not ascend");
            switches.Add(new TimelineSwitch(parent, position, fields.Length > 2 ? fields[2] : null, At: null, NewLeader: null));
        }
        return switches.Count > 0 || timeline == 1 ? new TimelineHistory(timeline, switches) : throw new FormatException("it names no parent");
    }

    /// <summary>Reads the rows of GET /history: <c>[[timeline, lsn, reason, time?, leader?], ...]</c>; a row that is not one is left out.</summary>
    public static IReadOnlyList<TimelineSwitch> ParseRest(JsonElement rows)
    {
        var result = new List<TimelineSwitch>();
        if (rows.ValueKind != JsonValueKind.Array)
            return result;
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < 2)
                continue;
            if (Json.Integer(row[0]) is not (> 0 and <= uint.MaxValue) || Lsn.FromInteger(Json.Integer(row[1])) is not { } position)
                continue;
            result.Add(new TimelineSwitch(
                (uint)Json.Integer(row[0])!.Value,
                position,
                row.GetArrayLength() > 2 ? Json.Text(row[2]) : null,
                row.GetArrayLength() > 3 ? Json.Instant(row[3]) : null,
                row.GetArrayLength() > 4 ? Json.Text(row[4]) : null));
        }
        return result;
    }
}

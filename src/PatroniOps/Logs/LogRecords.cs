using System.Text;

namespace PatroniOps.Logs;

/// <summary>Finds the bounds of records in a buffer: lines, csvlog records over several lines, DETAIL and HINT that follow.</summary>
internal readonly ref struct LogRecords(ReadOnlySpan<byte> text)
{
    /// <summary>The longest record that is looked at in full, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    private const int MaxExplanations = 8;
    private const byte Newline = (byte)'\n';

    private readonly ReadOnlySpan<byte> text = text;

    /// <summary>The first byte of the line that holds <paramref name="position"/>, not before <paramref name="floor"/>.</summary>
    public int LineStart(int position, int floor) => floor + text[floor..position].LastIndexOf(Newline) + 1;

    /// <summary>The newline that ends the line, or the end of the text.</summary>
    public int LineEnd(int position)
    {
        var length = text[position..].IndexOf(Newline);
        return length < 0 ? text.Length : position + length;
    }

    /// <summary>The record that the line belongs to.</summary>
    /// <param name="lineStart">The line's first byte.</param>
    /// <param name="floor">How far back a csvlog record may have begun.</param>
    public LogRecord At(int lineStart, int floor)
    {
        var lineEnd = LineEnd(lineStart);
        var line = Decode(lineStart, lineEnd);
        if (CsvLogParser.IsStart(line))
            return Csv(lineStart) is { Line: not null } csv ? csv : Plain(lineStart, lineEnd, line);
        return CsvAround(lineStart, floor) ?? Plain(lineStart, lineEnd, line);
    }

    private LogRecord Plain(int start, int end, string line)
    {
        var parsed = LogLineParser.Parse(line);
        return parsed is { Format: LogFormat.PostgresStderr, IsSecondary: false }
            ? new LogRecord(start, Math.Min(end + 1, text.Length), parsed with { Detail = Explanations(end + 1) })
            : new LogRecord(start, Math.Min(end + 1, text.Length), parsed);
    }

    // A line inside a quoted field belongs to the record that began before it.
    private LogRecord? CsvAround(int lineStart, int floor)
    {
        for (var start = lineStart; start > floor;)
        {
            start = LineStart(start - 1, floor);
            if (!CsvLogParser.IsStart(Decode(start, Math.Min(LineEnd(start), start + 100))))
                continue;
            var record = Csv(start);
            return record.Line is not null && record.End > lineStart ? record : null;
        }
        return null;
    }

    private LogRecord Csv(int start)
    {
        var end = LineEnd(start);
        while (end < text.Length && end - start < MaxLength && !CsvLogParser.IsWhole(text[start..end]))
            end = LineEnd(end + 1);
        return new LogRecord(start, Math.Min(end + 1, text.Length), CsvLogParser.Parse(Decode(start, end)));
    }

    private string? Explanations(int position)
    {
        string? explanations = null;
        for (var i = 0; i < MaxExplanations && position < text.Length; i++)
        {
            var end = LineEnd(position);
            if (Explanation(position, Math.Min(end, position + 4096)) is not { } line)
                break;
            explanations = CsvLogParser.Join(explanations, line.TrimEnd('\r'));
            position = end + 1;
        }
        return explanations;
    }

    // Most lines that follow explain nothing: no more of them is decoded than that takes.
    private string? Explanation(int start, int end)
    {
        if (start < end && text[start] == '\t')
            return Decode(start, end).TrimStart('\t');
        var separator = text[start..end].IndexOf(":  "u8);
        return separator > 0 && StderrLogParser.ExplanationLabel(Decode(start + Math.Max(0, separator - 40), start + separator)) is { } label
            ? $"{label}: {Decode(start + separator + 3, end)}"
            : null;
    }

    private string Decode(int start, int end) => Encoding.UTF8.GetString(text[start..Math.Min(end, start + MaxLength)]);
}

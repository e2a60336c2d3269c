using System.Text;
using System.Text.RegularExpressions;

namespace PatroniOps.Logs;

/// <summary>PostgreSQL's csvlog. A record runs over several lines when a quoted field does.</summary>
/// <remarks>Source: PostgreSQL, src/backend/utils/error/csvlog.c: 23 columns up to version 12, 24 in 13, 26 from 14.</remarks>
internal static partial class CsvLogParser
{
    private const int CommandTag = 7, Severity = 11, SqlState = 12, Message = 13, Detail = 14, Hint = 15, Query = 19, BackendType = 23;

    /// <summary>True when a line begins as a record does.</summary>
    public static bool IsStart(string text) => text.Length > 20 && char.IsAsciiDigit(text[0]) && Start().IsMatch(text);

    /// <summary>True when every quote that was opened is closed: the record is whole.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text) => text.Count((byte)'"') % 2 == 0;

    public static LogLine? Parse(string text)
    {
        var fields = Split(text);
        if (fields.Count < 14 || !State().IsMatch(fields[SqlState]))
            return null;
        var label = SeverityLabels.Find(fields[Severity]);
        return new LogLine
        {
            Format = LogFormat.PostgresCsv,
            Severity = label?.Severity ?? LogSeverity.Unknown,
            Label = fields[Severity],
            IsLocalized = label is not { IsEnglish: true } || Language.IsForeign(fields[Message]),
            TimeText = fields[0],
            Message = fields[Message],
            Detail = Join(Field(fields, Detail), Field(fields, Hint)),
            SqlState = fields[SqlState],
            Activity = $"{fields[CommandTag]}\n{Field(fields, Query)}\n{Field(fields, BackendType)}",
        };
    }

    /// <summary>Two texts on lines of their own; null when both are empty.</summary>
    public static string? Join(string? first, string? second) =>
        string.IsNullOrEmpty(first) ? (string.IsNullOrEmpty(second) ? null : second) : string.IsNullOrEmpty(second) ? first : $"{first}\n{second}";

    private static string Field(List<string> fields, int index) => index < fields.Count ? fields[index] : "";

    private static List<string> Split(string text)
    {
        var fields = new List<string>(26);
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (quoted || (c != ',' && c != '\n'))
                field.Append(c);
            else
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                    return fields;
            }
        }
        fields.Add(field.ToString());
        return fields;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [^, ]{1,32},(?:""|[^,]*,)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Start();

    [GeneratedRegex("^[0-9A-Z]{5}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex State();
}

namespace PatroniOps.Logs;

/// <summary>Takes a record apart, whichever format it is in. The content decides, never the file's name.</summary>
internal static class LogLineParser
{
    /// <summary>The record, or null when the text is in none of the formats: a traceback, the output of a command.</summary>
    public static LogLine? Parse(string text)
    {
        var trimmed = text.TrimEnd('\r', '\n');
        if (trimmed.StartsWith('{') || trimmed.Contains(" {\"", StringComparison.Ordinal) && !trimmed.Contains(":  ", StringComparison.Ordinal))
            return JsonLogParser.Parse(trimmed) ?? PlainText(trimmed);
        if (CsvLogParser.IsStart(trimmed) && CsvLogParser.Parse(trimmed) is { } csv)
            return csv;
        return PlainText(trimmed);
    }

    private static LogLine? PlainText(string text) => PatroniLogParser.Parse(text) ?? StderrLogParser.Parse(text);
}

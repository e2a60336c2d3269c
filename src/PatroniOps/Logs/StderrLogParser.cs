namespace PatroniOps.Logs;

/// <summary>
/// PostgreSQL's stderr format. log_line_prefix can be anything, but what follows is always a label, a colon and two spaces.
/// </summary>
/// <remarks>Source: PostgreSQL, src/backend/utils/error/elog.c (send_message_to_server_log).</remarks>
internal static class StderrLogParser
{
    private const string Separator = ":  ";

    public static LogLine? Parse(string text)
    {
        // A line that begins with a tab continues the message before it.
        if (text.StartsWith('\t'))
            return null;
        var unknown = -1;
        for (var at = text.IndexOf(Separator, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Separator, at + 1, StringComparison.Ordinal))
        {
            var word = WordBefore(text, at);
            if (SeverityLabels.Find(word) is { } label)
                return Line(text, at, label);
            if (unknown < 0 && SeverityLabels.LooksLikeLabel(word))
                unknown = at;
        }
        return unknown < 0 ? null : Line(text, unknown, new SeverityLabel(WordBefore(text, unknown), LogSeverity.Unknown, SeverityLabelRole.Severity, IsEnglish: false));
    }

    /// <summary>The label of DETAIL or HINT at the end of what stands before a separator; null for any other.</summary>
    public static string? ExplanationLabel(string beforeSeparator) =>
        SeverityLabels.Find(WordBefore(beforeSeparator, beforeSeparator.Length)) is { Role: SeverityLabelRole.Explanation, Word: var word } ? word : null;

    /// <summary>What a server or a library said inside this message: the text behind the last label in it, or null.</summary>
    public static string? Embedded(string message) => EmbeddedAt(message) is { } found ? message[found.Start..] : null;

    private static (int Start, bool IsEnglish)? EmbeddedAt(string message)
    {
        for (var at = message.LastIndexOf(Separator, StringComparison.Ordinal); at > 0; at = message.LastIndexOf(Separator, at - 1, StringComparison.Ordinal))
            if (SeverityLabels.Find(WordBefore(message, at)) is { Role: SeverityLabelRole.Severity, IsEnglish: var isEnglish })
                return (at + Separator.Length, isEnglish);
        return null;
    }

    private static LogLine Line(string text, int at, SeverityLabel label)
    {
        var message = text[(at + Separator.Length)..];
        return new LogLine
        {
            Format = LogFormat.PostgresStderr,
            Severity = label.Severity,
            Label = label.Word,
            IsSecondary = label.Role != SeverityLabelRole.Severity,
            IsLocalized = !label.IsEnglish || (label.Role == SeverityLabelRole.Severity && (Language.IsForeign(message) || EmbeddedAt(message) is { IsEnglish: false })),
            TimeText = LogTime.Find(text.AsSpan(0, at)),
            Message = message,
        };
    }

    // French sets a space before some colons.
    private static string WordBefore(string text, int colon)
    {
        var end = colon > 0 && text[colon - 1] is ' ' or '\u00a0' ? colon - 1 : colon;
        var start = end;
        while (start > 0 && end - start < 32 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        return text[start..end];
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using PatroniOps.Postgres;

namespace PatroniOps.Logs;

/// <summary>Judges one record: by its words, and where those are in another language by SQLSTATE and structure.</summary>
internal static partial class LogClassifier
{
    /// <summary>What the record tells, or null when it is none of the messages that matter.</summary>
    /// <param name="line">The record.</param>
    /// <param name="isForeign">True when the file is known not to be in English.</param>
    public static Recognition? Recognize(LogLine line, bool isForeign)
    {
        if (line.IsSecondary)
            return null;
        var rules = line.Format is LogFormat.Patroni or LogFormat.PatroniJson ? LogRules.Patroni : LogRules.Postgres;
        return ByWords(line, rules) ?? SqlStateRules.Recognize(line) ?? (isForeign || line.IsLocalized ? ByStructure(line) : null);
    }

    // What the other server said, inside "could not start WAL streaming: ERROR:  ...", tells more than the frame around it.
    private static Recognition? ByWords(LogLine line, IReadOnlyList<LogRule> rules) =>
        (StderrLogParser.Embedded(line.Message) is { } embedded ? First(embedded, line, rules) : null) ?? First(line.Message, line, rules);

    private static Recognition? First(string message, LogLine line, IReadOnlyList<LogRule> rules)
    {
        foreach (var rule in rules)
            if (rule.Match(message) is { } match)
                return Extract(rule.Kind, match, line);
        return null;
    }

    private static Recognition Extract(LogEventKind kind, Match match, LogLine line)
    {
        var segment = Value(match, "segment") ?? (kind == LogEventKind.ArchiveCommandFailed ? SegmentIn(line.Detail) : null);
        return new Recognition(kind)
        {
            SlotName = Value(match, "slot") ?? (kind == LogEventKind.SlotInvalidated ? SlotIn(line.Detail) : null),
            Segment = segment,
            Lsn = Value(match, "lsn") is { } lsn && Lsn.TryParse(lsn, out var position) ? position : null,
            Timeline = Timeline(Value(match, "timeline")),
            SystemIdentifier = Value(match, "system") ?? (kind == LogEventKind.SystemIdentifierDiffers ? Identifier().Match(line.Detail ?? "").Value is { Length: > 0 } id ? id : null : null),
        };
    }

    // PostgreSQL names a bare segment in one error only. Without SQLSTATE that, and nothing else, is certain in any language.
    private static Recognition? ByStructure(LogLine line) =>
        line.Format == LogFormat.PostgresStderr && line.Severity is LogSeverity.Error or LogSeverity.Fatal && MessageFacts.Of(line.Message).Segment is { } segment
            ? new Recognition(LogEventKind.WalSegmentRemoved) { Segment = segment, IsByStructure = true }
            : null;

    /// <summary>The timeline in a segment's name.</summary>
    public static uint? TimelineOf(string? segment) =>
        segment is { Length: 24 } && uint.TryParse(segment.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var timeline) && timeline > 0 ? timeline : null;

    private static string? SegmentIn(string? detail) => detail is not null && Segment().Match(detail) is { Success: true, Value: var value } ? value : null;

    private static string? SlotIn(string? detail) => detail is not null && Slot().Match(detail) is { Success: true } match ? match.Groups[1].Value : null;

    private static string? Value(Match match, string group) => match.Groups[group] is { Success: true, Value: var value } ? value : null;

    private static uint? Timeline(string? text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    [GeneratedRegex(@"\b[0-9A-F]{24}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Segment();

    [GeneratedRegex("slot \"([^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Slot();

    [GeneratedRegex(@"\b[0-9]{15,20}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Identifier();
}

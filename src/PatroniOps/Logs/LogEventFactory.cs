using PatroniOps.Patroni;

namespace PatroniOps.Logs;

/// <summary>Makes the event of a recognised record: its times read. Its texts are still raw: <see cref="Presentable"/> comes before anybody sees them.</summary>
internal sealed class LogEventFactory(string path, LogReadOptions options)
{
    /// <summary>True once a time without a known zone was met.</summary>
    public bool HasInexactTimes { get; private set; }

    public LogEvent Create(LogLine line, Recognition found, long lineNumber)
    {
        var time = LogTime.Parse(line.TimeText, options.UtcOffset);
        HasInexactTimes |= time is { IsExact: false };
        return new LogEvent
        {
            Kind = found.Kind,
            Severity = line.Severity,
            Time = time?.Value,
            LastTime = time?.Value,
            TimeIsExact = time is { IsExact: true },
            TimeText = line.TimeText,
            SlotName = found.SlotName,
            Segment = found.Segment,
            Lsn = found.Lsn,
            LastLsn = found.Lsn,
            Timeline = found.Timeline ?? LogClassifier.TimelineOf(found.Segment),
            SystemIdentifier = found.SystemIdentifier,
            SqlState = line.SqlState,
            IsLocalized = found.IsByStructure,
            Message = line.Message,
            Detail = line.Detail,
            Member = options.Member,
            Path = path,
            LineNumber = lineNumber,
            Format = line.Format,
        };
    }

    /// <summary>The event that says what cannot be recognised in a file, and what to do.</summary>
    public LogEvent NotEnglish(LogLine line, long lineNumber) => Create(line, new Recognition(LogEventKind.MessagesNotEnglish), lineNumber) with
    {
        IsLocalized = true,
        Message = line.Format == LogFormat.PostgresStderr
            ? $"The messages are not English (\"{line.Label}: {Beginning(line.Message)}\") and the stderr format has no SQLSTATE: only a removed WAL segment is recognised, by its name. Set lc_messages = 'C', or log_destination to csvlog or jsonlog."
            : $"The messages are not English (\"{line.Label}: {Beginning(line.Message)}\"): errors are recognised by SQLSTATE, but messages of level LOG (waiting for WAL, archive command failed, promotion) are not. Set lc_messages = 'C'.",
    };

    /// <summary>The event with secrets masked and without what a terminal would act upon. Costly, so done once for what folds into one.</summary>
    public static LogEvent Presentable(LogEvent raw) => raw with { Message = Clean(raw.Message), Detail = raw.Detail is null ? null : Clean(raw.Detail) };

    private static string Beginning(string text) => text.Length <= 60 ? text : text[..60] + "...";

    private static string Clean(string text) => PrintableText.Of(Redaction.Text(text));
}

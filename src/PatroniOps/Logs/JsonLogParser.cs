using System.Text.Json;

namespace PatroniOps.Logs;

/// <summary>PostgreSQL's jsonlog and Patroni's log.type json, one object a line.</summary>
/// <remarks>Sources: PostgreSQL, src/backend/utils/error/jsonlog.c; Patroni, log.py (the keys of log.format, by default asctime, levelname and message).</remarks>
internal static class JsonLogParser
{
    public static LogLine? Parse(string text)
    {
        // A journal or a container runtime may have put something before it.
        var start = text.IndexOf('{');
        if (start < 0)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(start));
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? null : Text(root, "error_severity") is { } label ? Postgres(root, label) : Patroni(root);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LogLine Postgres(JsonElement root, string word)
    {
        var label = SeverityLabels.Find(word);
        var message = Text(root, "message") ?? "";
        return new LogLine
        {
            Format = LogFormat.PostgresJson,
            Severity = label?.Severity ?? LogSeverity.Unknown,
            Label = word,
            IsLocalized = label is not { IsEnglish: true } || Language.IsForeign(message),
            TimeText = Text(root, "timestamp"),
            Message = message,
            Detail = CsvLogParser.Join(Text(root, "detail"), Text(root, "hint")),
            SqlState = Text(root, "state_code"),
            Activity = $"{Text(root, "ps")}\n{Text(root, "statement")}\n{Text(root, "backend_type")}",
        };
    }

    private static LogLine? Patroni(JsonElement root)
    {
        var level = Text(root, "levelname") ?? Text(root, "level") ?? Text(root, "severity");
        if (level is null || (Text(root, "message") ?? Text(root, "msg")) is not { } message)
            return null;
        return new LogLine
        {
            Format = LogFormat.PatroniJson,
            Severity = PatroniLogParser.Severity(level),
            Label = level,
            TimeText = Text(root, "asctime") ?? Text(root, "timestamp") ?? Text(root, "time") ?? Text(root, "@timestamp"),
            Message = message,
        };
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

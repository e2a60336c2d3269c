using System.Text.Json;
using PatroniOps.Patroni;

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
            var root = Json.Parse(text[start..]);
            return Json.Text(root, "error_severity") is { } label ? OfPostgres(root, label) : OfPatroni(root);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LogLine OfPostgres(JsonElement root, string word)
    {
        var label = SeverityLabels.Find(word);
        var message = Json.Text(root, "message") ?? "";
        return new LogLine
        {
            Format = LogFormat.PostgresJson,
            Severity = label?.Severity ?? LogSeverity.Unknown,
            Label = word,
            IsLocalized = label is not { IsEnglish: true } || Language.IsForeign(message),
            TimeText = Json.Text(root, "timestamp"),
            Message = message,
            Detail = CsvLogParser.Join(Json.Text(root, "detail"), Json.Text(root, "hint")),
            SqlState = Json.Text(root, "state_code"),
            Activity = $"{Json.Text(root, "ps")}\n{Json.Text(root, "statement")}\n{Json.Text(root, "backend_type")}",
        };
    }

    private static LogLine? OfPatroni(JsonElement root)
    {
        var level = Json.Text(root, "levelname") ?? Json.Text(root, "level") ?? Json.Text(root, "severity");
        if (level is null || (Json.Text(root, "message") ?? Json.Text(root, "msg")) is not { } message)
            return null;
        return new LogLine
        {
            Format = LogFormat.PatroniJson,
            Severity = PatroniLogParser.Severity(level),
            Label = level,
            TimeText = Json.Text(root, "asctime") ?? Json.Text(root, "timestamp") ?? Json.Text(root, "time") ?? Json.Text(root, "@timestamp"),
            Message = message,
        };
    }
}

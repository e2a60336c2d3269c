using System.Text.RegularExpressions;

namespace PatroniOps.Logs;

/// <summary>Patroni's plain text, also behind the prefix of a journal.</summary>
/// <remarks>Source: Patroni, log.py (DEFAULT_FORMAT <c>%(asctime)s %(levelname)s: %(message)s</c>; asctime has no zone).</remarks>
internal static partial class PatroniLogParser
{
    public static LogLine? Parse(string text)
    {
        // PostgreSQL sets two spaces behind its label; Patroni's message may begin with one, but then its time has a comma.
        var label = text.IndexOf(":  ", StringComparison.Ordinal);
        if (label >= 0 && !text.AsSpan(0, label).Contains(','))
            return null;
        var match = Shape().Match(text, 0, Math.Min(text.Length, 400));
        if (match.Success)
            return new LogLine
            {
                Format = LogFormat.Patroni,
                Severity = Severity(match.Groups["level"].Value),
                Label = match.Groups["level"].Value,
                TimeText = match.Groups["time"].Value.TrimEnd(),
                Message = text[(match.Index + match.Length)..],
            };
        match = Raised().Match(text);
        return match.Success ? new LogLine { Format = LogFormat.Patroni, Severity = LogSeverity.Error, Message = text[match.Length..] } : null;
    }

    /// <summary>The severity of a level name of Python's logging.</summary>
    public static LogSeverity Severity(string level) => level switch
    {
        "DEBUG" => LogSeverity.Debug,
        "INFO" => LogSeverity.Info,
        "WARNING" => LogSeverity.Warning,
        "ERROR" => LogSeverity.Error,
        "CRITICAL" => LogSeverity.Critical,
        _ => LogSeverity.Unknown,
    };

    [GeneratedRegex(@"(?<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[,.]\d{1,6})? ?(?:Z|[+-]\d\d:?\d\d)?) (?:\[[^\]]*\] )?(?<level>DEBUG|INFO|WARNING|ERROR|CRITICAL)(?::| -) ?(?:(?! )|(?<=,[0-9]{3} [A-Z]+: ))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();

    // An exception that Patroni logs with its traceback: the server's own words, on a line without time and level.
    [GeneratedRegex(@"^psycopg\d?\.(?:errors\.)?\w+: ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Raised();
}

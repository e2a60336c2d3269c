namespace PatroniOps.Logs;

/// <summary>Remembers what the last messages were recognised as: a log that matters says the same thing every five seconds.</summary>
internal sealed class LogJudge
{
    private const int Capacity = 1024;

    private readonly Dictionary<(string Message, string? Detail, LogFormat Format, LogSeverity Severity), Recognition?> known = [];

    /// <inheritdoc cref="LogClassifier.Recognize"/>
    public Recognition? Recognize(LogLine line, bool isForeign)
    {
        // SQLSTATE, activity and language are not in the key: lines that depend on them are judged each time.
        if (line.SqlState is not null || line.IsLocalized || line.IsSecondary || isForeign)
            return LogClassifier.Recognize(line, isForeign);
        var key = (line.Message, line.Detail, line.Format, line.Severity);
        if (known.TryGetValue(key, out var recognition))
            return recognition;
        if (known.Count == Capacity)
            known.Clear();
        return known[key] = LogClassifier.Recognize(line, isForeign);
    }
}

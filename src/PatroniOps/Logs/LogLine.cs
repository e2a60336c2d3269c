namespace PatroniOps.Logs;

/// <summary>One record of a log, taken apart but not yet judged.</summary>
internal sealed record LogLine
{
    public required LogFormat Format { get; init; }

    public LogSeverity Severity { get; init; }

    /// <summary>The severity's own word.</summary>
    public string Label { get; init; } = "";

    /// <summary>True for DETAIL, HINT, STATEMENT and the like, which belong to the line before.</summary>
    public bool IsSecondary { get; init; }

    /// <summary>True when label or message are certainly not English.</summary>
    public bool IsLocalized { get; init; }

    public string? TimeText { get; init; }

    public required string Message { get; init; }

    public string? Detail { get; init; }

    public string? SqlState { get; init; }

    /// <summary>The command tag, statement and backend type: what the process was doing.</summary>
    public string Activity { get; init; } = "";
}

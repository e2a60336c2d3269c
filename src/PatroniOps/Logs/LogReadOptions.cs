namespace PatroniOps.Logs;

/// <summary>What to take from logs.</summary>
public sealed record LogReadOptions
{
    /// <summary>The kinds wanted; null for all. What says that a file cannot be judged is always given.</summary>
    public IReadOnlySet<LogEventKind>? Kinds { get; init; }

    /// <summary>Nothing before this instant. Events without a time are taken.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Nothing after this instant.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>What the logs' clock is ahead of UTC where they do not say; null when nobody knows.</summary>
    public TimeSpan? UtcOffset { get; init; }

    /// <summary>The member whose logs they are.</summary>
    public string? Member { get; init; }

    /// <summary>True to keep every message as an event of its own.</summary>
    public bool NoFold { get; init; }

    internal bool Wants(LogEvent found) =>
        (Kinds is null || found.Kind == LogEventKind.MessagesNotEnglish || Kinds.Contains(found.Kind))
        && (found.Time is not { } time || (!(time < After) && !(time > Before)));
}

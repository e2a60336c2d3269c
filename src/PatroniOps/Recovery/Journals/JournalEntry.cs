namespace PatroniOps.Recovery.Journals;

/// <summary>One line of a journal.</summary>
public sealed record JournalEntry
{
    public DateTimeOffset At { get; init; }

    public JournalEvent Event { get; init; }

    /// <summary>The step's name; null for the run as a whole.</summary>
    public string? Step { get; init; }

    /// <summary>What the step found out and later steps need.</summary>
    public IReadOnlyDictionary<string, string> Facts { get => field ?? new Dictionary<string, string>(); init; } = new Dictionary<string, string>();

    public string? Text { get; init; }

    public override string ToString() => $"{At:yyyy-MM-dd HH:mm:ss}Z {Event}{(Step is null ? "" : $" {Step}")}{(Text is null ? "" : $": {Text}")}";
}

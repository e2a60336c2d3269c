namespace PatroniOps.Archives.Tools;

/// <summary>What the tool that owns a repository says of it, beside what was found here.</summary>
public sealed record ToolReport
{
    /// <summary>The program: <c>pgbackrest</c> or <c>barman</c>.</summary>
    public required string Tool { get; init; }

    /// <summary>Why it does not answer; null: it does.</summary>
    public string? Unknown { get; init; }

    /// <summary>Its own verdict; null when it does not answer.</summary>
    public bool? IsOk { get; init; }

    /// <summary>The verdict in its own words.</summary>
    public string? Status { get; init; }

    /// <summary>The oldest archived segment by its word; null when it tells none.</summary>
    public string? First { get; init; }

    /// <summary>The newest archived segment by its word; null when it tells none.</summary>
    public string? Last { get; init; }

    /// <summary>The backups that it knows, by label, the oldest first.</summary>
    public IReadOnlyList<string> Backups { get; init => field = value ?? []; } = [];

    /// <summary>Where its word and what was found here differ, a sentence each; empty: nowhere.</summary>
    public IReadOnlyList<string> Differences { get; init => field = value ?? []; } = [];

    public override string ToString() => Unknown is { } why ? $"{Tool} does not answer: {why}" : string.Join("; ", [$"{Tool} says {Status}", .. Differences]);
}

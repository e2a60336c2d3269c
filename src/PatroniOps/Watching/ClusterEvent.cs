using PatroniOps.Diagnosis;

namespace PatroniOps.Watching;

/// <summary>A change of a watched cluster: of its verdict when <see cref="Id"/> is null, else of one finding.</summary>
public sealed record ClusterEvent
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>When the look that showed it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    public required ClusterEventKind Kind { get; init; }

    /// <summary>The finding's id; null: the cluster's verdict has changed.</summary>
    public string? Id { get; init; }

    /// <summary>The member that the finding is about; null: the cluster as a whole.</summary>
    public string? Member { get; init; }

    /// <summary>How bad the finding is now, or was when it closed; null for a verdict.</summary>
    public FindingSeverity? Severity { get; init; }

    /// <summary>How bad it was before; null for one that opened.</summary>
    public FindingSeverity? PreviousSeverity { get; init; }

    /// <summary>The cluster's verdict after the change.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The verdict before, where that is what has changed.</summary>
    public Verdict? PreviousVerdict { get; init; }

    /// <summary>Since when the finding has been open, or the verdict before this one had held; null at the first look.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How long what has ended lasted: the severity or verdict before this one; for a finding that closed all of it, up to the look at which it was gone.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How often it went and came back within the settling time since the event before.</summary>
    public int Flaps { get; init; }

    /// <summary>One plain sentence.</summary>
    public required string Message { get; init; }

    public string? Cause { get; init; }

    /// <summary>The next command to run; null when nothing needs to be done.</summary>
    public string? NextCommand { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public override string ToString() => $"{At:u} {Cluster} {Kind} {Id ?? Verdict.ToString()}: {Message}";
}

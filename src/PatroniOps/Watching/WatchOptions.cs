using PatroniOps.Diagnosis;

namespace PatroniOps.Watching;

/// <summary>How clusters are watched.</summary>
public sealed record WatchOptions
{
    /// <summary>From the beginning of one look at a cluster to that of the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long something must stay away to have gone; null: half a minute, and two looks at least.</summary>
    public TimeSpan? Settle { get; init; }

    /// <summary>Ends by itself after so long; null: never.</summary>
    public TimeSpan? Duration { get; init; }

    public Thresholds Thresholds { get; init; } = new();

    /// <summary>The settling time in force.</summary>
    public TimeSpan EffectiveSettle => Settle ?? (2 * Interval > ShortestSettle ? 2 * Interval : ShortestSettle);

    private static TimeSpan ShortestSettle => TimeSpan.FromSeconds(30);
}

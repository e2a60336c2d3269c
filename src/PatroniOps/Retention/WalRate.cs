using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Retention;

/// <summary>How fast the leader writes WAL, and how that was measured.</summary>
public sealed record WalRate
{
    // Less than a page says nothing of the load to come.
    private const long Page = 8192;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    /// <summary>Null when it is not known.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>What was written in that time.</summary>
    public long? Bytes { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Over which time it was measured.</summary>
    public TimeSpan? Over => To - From;

    /// <summary>Why it is not known.</summary>
    public string? Unknown { get; init; }

    /// <summary>Hardly anything was written: a rate, but none to count on.</summary>
    public bool IsIdle => Bytes < Page;

    /// <summary>Why no time can be worked out from it; null when it can.</summary>
    public string? Useless => Unknown ?? (IsIdle
        ? $"The cluster is idle at present ({Bytes} bytes in {Words.Duration(Over!.Value)}): how long it lasts under load cannot be told. Measure while it works."
        : null);

    /// <summary>From the leader's remembered position to the present one.</summary>
    public static WalRate FromSnapshot(ClusterSnapshot snapshot) =>
        snapshot.LeaderLsnAfter is null ? Not(snapshot.Leader is { } leader
            ? $"The position of {leader.Name} was not read: {leader.Postgres.State.Reason ?? "it did not answer a second time."}"
            : "The leader's position was not read: no leader is known.")
        : snapshot.Earlier is not { } earlier ? Not("No earlier position of the leader is remembered. Measure-WalRetention -Over 1m measures the rate.")
        : Between(earlier, new EarlierPosition(snapshot.TakenAt + snapshot.ReadWithin, snapshot.LeaderLsnAfter.Value));

    /// <summary>From one reading to a later one.</summary>
    public static WalRate Between(EarlierPosition before, EarlierPosition after)
    {
        var seconds = (after.At - before.At).TotalSeconds;
        if (seconds < 1)
            return Not("The two readings of the leader's position lie less than a second apart.");
        if (after.Position < before.Position)
            return Not($"The leader's position went back, from {before.Position} to {after.Position}: another history, or another cluster.");
        var bytes = after.Position - before.Position;
        return new WalRate { Bytes = bytes, BytesPerSecond = bytes / seconds, From = before.At, To = after.At };
    }

    /// <summary>How long it takes to write so much; null when the rate is not known or the cluster is idle.</summary>
    public TimeSpan? TimeFor(long bytes) => Useless is not null ? null
        : bytes <= 0 ? TimeSpan.Zero
        : bytes / BytesPerSecond!.Value is var seconds && seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;

    /// <summary>What is written in a time; null when the rate is not known or the cluster is idle.</summary>
    public double? BytesIn(TimeSpan time) => Useless is null ? BytesPerSecond * time.TotalSeconds : null;

    public override string ToString() => Unknown is not null ? $"unknown: {Unknown}"
        : $"{Words.Bytes((long)Math.Min(BytesPerSecond!.Value, long.MaxValue / 2d))}/s over {Words.Duration(Over!.Value)}{(IsIdle ? " (idle)" : "")}";

    private static WalRate Not(string reason) => new() { Unknown = reason };
}

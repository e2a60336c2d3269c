using PatroniOps.Postgres;

namespace PatroniOps.Snapshots;

/// <summary>Since when conditions have been seen, over earlier snapshots and this one. A condition that was seen once is as old as that one look.</summary>
public sealed record Observations
{
    /// <summary>The first look of an unbroken series.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>The latest look.</summary>
    public DateTimeOffset? LastAt { get; init; }

    public DateTimeOffset? PausedSince { get; init; }

    public DateTimeOffset? NoLeaderSince { get; init; }

    public IReadOnlyList<MemberObservation> Members { get; init => field = value ?? []; } = [];

    /// <summary>What was seen of one member.</summary>
    public MemberObservation? Of(string member) => Members.FirstOrDefault(m => m.Name == member);
}

/// <summary>Since when conditions of one member have been seen; null: not the case at the latest look, or never judged.</summary>
public sealed record MemberObservation
{
    public required string Name { get; init; }

    public DateTimeOffset? NotStreamingSince { get; init; }

    /// <summary>The newest position, and since when it has been that.</summary>
    public Lsn? Position { get; init; }

    public DateTimeOffset? PositionSince { get; init; }

    public Lsn? ReplayPosition { get; init; }

    public DateTimeOffset? ReplayPositionSince { get; init; }

    public DateTimeOffset? SlotMissingSince { get; init; }

    /// <summary>Patroni's state, and since when it has been that.</summary>
    public string? State { get; init; }

    public DateTimeOffset? StateSince { get; init; }

    /// <summary>Since when it has not been in the cluster's list.</summary>
    public DateTimeOffset? AbsentSince { get; init; }

    /// <summary>When it was first seen in the list again after it had left that; null when it has not left it.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>
    /// The farthest position at which it was seen ahead of the leader. Kept after the leader has passed it: the histories differ still. Forgotten
    /// when the member is rebuilt, or replays beyond it while streaming, which only the leader's own history lets it do.
    /// </summary>
    public Lsn? AheadAt { get; init; }
}

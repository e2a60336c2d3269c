namespace PatroniOps.Steering;

/// <summary>Whether Patroni manages the cluster, and which members have noticed.</summary>
public sealed record PatroniPause
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>What the cluster's configuration says now: while paused, Patroni neither fails over nor starts PostgreSQL.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>The members whose own Patroni says the same.</summary>
    public required IReadOnlyList<string> Seen { get; init; }

    /// <summary>The members whose own Patroni does not say so yet, or does not answer.</summary>
    public required IReadOnlyList<UnseenMember> NotSeen { get; init; }

    public TimeSpan Duration { get; init; }
}

/// <summary>A member that has not noticed a change.</summary>
/// <param name="Member">Its name.</param>
/// <param name="Reason">What it says instead, or why it says nothing.</param>
public sealed record UnseenMember(string Member, string Reason)
{
    public override string ToString() => $"{Member} ({Reason})";
}

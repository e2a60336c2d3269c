namespace PatroniOps.Steering;

/// <summary>A member whose PostgreSQL was restarted and is back.</summary>
public sealed record PatroniRestart
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    /// <summary>The member that leads since, where this one had to hand over first; null where it did not.</summary>
    public string? NewLeader { get; init; }

    /// <summary>The start of the new postmaster.</summary>
    public DateTimeOffset? PostmasterStartTime { get; init; }

    /// <summary>It streams from its upstream; null: it is the leader, or it did not stream before.</summary>
    public bool? IsStreaming { get; init; }

    /// <summary>A changed parameter still waits for a restart, as a standby's that may not go below its primary's.</summary>
    public bool IsRestartPending { get; init; }

    public TimeSpan Duration { get; init; }
}

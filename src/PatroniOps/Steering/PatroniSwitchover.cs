namespace PatroniOps.Steering;

/// <summary>A change of leader: done, scheduled or taken back.</summary>
public sealed record PatroniSwitchover
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required SwitchoverStatus Status { get; init; }

    /// <summary>The leader before; null: there was none.</summary>
    public string? OldLeader { get; init; }

    /// <summary>The leader now, or the one to be; null: Patroni will choose.</summary>
    public string? NewLeader { get; init; }

    /// <summary>The timeline of the new leader; null while it is only scheduled.</summary>
    public uint? Timeline { get; init; }

    /// <summary>When it is to happen, or was to happen.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>From the call to the first sight of a new leader that takes writes.</summary>
    public TimeSpan? WritableAfter { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The members that stream from the new leader on its timeline.</summary>
    public IReadOnlyList<string> Following { get; init; } = [];

    /// <summary>The members that should and do not, or did not answer.</summary>
    public IReadOnlyList<UnseenMember> NotFollowing { get; init; } = [];

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<SteeringStep> Steps { get; init; } = [];
}

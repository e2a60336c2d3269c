using PatroniOps.Snapshots;

namespace PatroniOps.Observing;

/// <summary>A cluster in one object: who leads, who is there, who streams.</summary>
public sealed record PatroniCluster
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>PostgreSQL's system identifier, as text.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>Null when there is none or it is not known.</summary>
    public string? Leader { get; init; }

    public uint? Timeline { get; init; }

    public int MemberCount { get; init; }

    /// <summary>Replicas whose stream was seen on both ends.</summary>
    public int StreamingCount { get; init; }

    /// <summary>Members known from before that are no longer listed.</summary>
    public int AbsentCount { get; init; }

    /// <summary>Maintenance mode; null when it was not read.</summary>
    public bool? IsPaused { get; init; }

    public DateTimeOffset? ScheduledSwitchoverAt { get; init; }

    public string? ScheduledSwitchoverTo { get; init; }

    /// <summary>The Patroni releases that run in it.</summary>
    public IReadOnlyList<string> PatroniVersion { get; init; } = [];

    public TimeSpan? LoopWait { get; init; }

    public TimeSpan? Ttl { get; init; }

    public required IReadOnlyList<PatroniMember> Members { get; init; }

    public DateTimeOffset TakenAt { get; init; }

    /// <summary>What could not be read, with the reason.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    public static PatroniCluster FromSnapshot(ClusterSnapshot snapshot)
    {
        var members = PatroniMember.FromSnapshot(snapshot).ToList();
        return new PatroniCluster
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            SystemIdentifier = snapshot.SystemIdentifier,
            Leader = snapshot.Leader?.Name,
            Timeline = snapshot.Leader?.Timeline,
            MemberCount = members.Count(m => !m.IsAbsent),
            StreamingCount = members.Count(m => m.Replication == ReplicationState.Streaming),
            AbsentCount = members.Count(m => m.IsAbsent),
            IsPaused = snapshot.View.Value?.IsPaused,
            ScheduledSwitchoverAt = snapshot.View.Value?.ScheduledSwitchoverAt,
            ScheduledSwitchoverTo = snapshot.View.Value?.ScheduledSwitchoverTo,
            PatroniVersion = [.. members.Select(m => m.PatroniVersion).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            LoopWait = snapshot.Configuration.Value?.LoopWait,
            Ttl = snapshot.Configuration.Value?.Ttl,
            Members = members,
            TakenAt = snapshot.TakenAt,
            Unknown = [.. new[] { snapshot.View.Reason, snapshot.Configuration.Reason, snapshot.History.Reason }.OfType<string>().Distinct()],
        };
    }
}

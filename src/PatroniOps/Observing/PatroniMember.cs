using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Observing;

/// <summary>A member as Patroni presents it beside what PostgreSQL says of it. What was not read is null, and <see cref="Unknown"/> says why.</summary>
public sealed record PatroniMember
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    /// <summary>Patroni's role in GET /cluster; null when it is not listed.</summary>
    public string? Role { get; init; }

    /// <summary>Patroni's word; it says <c>running</c> of a replica that will never catch up.</summary>
    public string? State { get; init; }

    /// <summary>What PostgreSQL shows on both ends.</summary>
    public ReplicationState Replication { get; init; }

    public uint? Timeline { get; init; }

    /// <summary>The write position of a primary; null on a standby.</summary>
    public Lsn? WriteLsn { get; init; }

    public Lsn? ReceiveLsn { get; init; }

    public Lsn? ReplayLsn { get; init; }

    /// <summary>Bytes from max(receive, replay) to the leader's position; negative: ahead of it. Null on the leader and when not known.</summary>
    public long? LagBytes { get; init; }

    /// <summary>Bytes from replay to the leader's position.</summary>
    public long? ReplayLagBytes { get; init; }

    /// <summary>Replay lag in time as the sender measures it; null without recent traffic.</summary>
    public TimeSpan? LagTime { get; init; }

    /// <summary>The lag that Patroni publishes: 0 also for a diverged member.</summary>
    public long? PatroniLagBytes { get; init; }

    /// <summary>The node that it is to stream from; null on the leader.</summary>
    public string? Upstream { get; init; }

    public MemberTags Tags { get; init; } = MemberTags.None;

    public bool? HasPendingRestart { get; init; }

    public IReadOnlyList<PendingRestartReason> PendingRestartReasons { get; init; } = [];

    /// <summary>PostgreSQL's version number, 150018.</summary>
    public int? PostgresVersion { get; init; }

    public string? PatroniVersion { get; init; }

    /// <summary>The cluster is in maintenance mode by this member's word.</summary>
    public bool? IsPaused { get; init; }

    public Uri? ApiUrl { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    /// <summary>Known from before, no longer in /cluster.</summary>
    public bool IsAbsent { get; init; }

    public TimeSpan? AbsentFor { get; init; }

    /// <summary>What could not be read, with the reason.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    public override string ToString() => Member;

    /// <summary>All members of a snapshot, absent ones included.</summary>
    public static IEnumerable<PatroniMember> FromSnapshot(ClusterSnapshot snapshot) => snapshot.Members.Select(m => Of(m, snapshot));

    private static PatroniMember Of(MemberSnapshot member, ClusterSnapshot snapshot)
    {
        var link = member.IsLeader ? null : ReplicaLink.Of(member, snapshot);
        var state = member.Postgres.State.Value;
        var rest = member.Patroni.Value;
        var leader = snapshot.LeaderLsnAfter ?? snapshot.Leader?.Position;
        var replay = state?.ReplayLsn ?? rest?.ReplayedLocation;
        return new PatroniMember
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Member = member.Name,
            Role = member.Listed?.Role,
            State = rest?.State ?? member.Listed?.State,
            Replication = StateOf(member, link, snapshot),
            Timeline = member.Timeline,
            WriteLsn = state?.CurrentLsn ?? rest?.Location,
            ReceiveLsn = state?.ReceiveLsn ?? rest?.ReceivedLocation,
            ReplayLsn = replay,
            LagBytes = link is not null && leader is { } l && member.Position is { } p ? l - p : null,
            ReplayLagBytes = link is not null && leader is { } to && replay is { } from ? to - from : null,
            LagTime = link?.Sender?.ReplayLag,
            PatroniLagBytes = member.Listed?.Lag,
            Upstream = link?.Upstream?.Name,
            Tags = member.Tags,
            HasPendingRestart = rest?.HasPendingRestart ?? member.Listed?.HasPendingRestart,
            PendingRestartReasons = rest?.PendingRestartReasons ?? member.Listed?.PendingRestartReasons ?? [],
            PostgresVersion = state?.Version ?? rest?.ServerVersion,
            PatroniVersion = rest?.PatroniVersion,
            IsPaused = rest?.IsPaused ?? snapshot.View.Value?.IsPaused,
            ApiUrl = member.ApiUrl,
            Host = member.Host,
            Port = member.Port,
            IsAbsent = member.IsAbsent,
            AbsentFor = member.IsAbsent && member.Remembered is { } r ? snapshot.TakenAt - r.LastListedAt : null,
            Unknown = [.. new[] { member.Patroni.Reason, member.Postgres.State.Reason }.OfType<string>()],
        };
    }

    private static ReplicationState StateOf(MemberSnapshot member, ReplicaLink? link, ClusterSnapshot snapshot)
    {
        if (member.Postgres.State.Value?.IsInRecovery == false)
            return ReplicationState.Primary;
        if (link is null)
            return ReplicationState.Unknown;
        if (ReplicationCheck.IsDiverged(member, snapshot) == true)
            return ReplicationState.Diverged;
        return ReplicationCheck.IsStreaming(link, snapshot) switch
        {
            true => ReplicationState.Streaming,
            false when link.Sender?.State == "catchup" => ReplicationState.CatchingUp,
            false => ReplicationState.NotStreaming,
            null => ReplicationState.Unknown,
        };
    }
}

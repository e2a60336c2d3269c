using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>What the rules look at: the snapshot, and what several of them need worked out once.</summary>
internal sealed class DiagnosisContext
{
    private readonly Dictionary<string, WalAvailability> availability;

    public DiagnosisContext(ClusterSnapshot snapshot, Thresholds thresholds)
    {
        Snapshot = snapshot;
        Thresholds = thresholds;
        Links = [.. snapshot.Members.Where(m => !m.IsLeader).Select(m => ReplicaLink.Of(m, snapshot))];
        availability = WalAvailabilityJudge.Judge(snapshot).DistinctBy(a => a.Member).ToDictionary(a => a.Member, StringComparer.Ordinal);
    }

    public ClusterSnapshot Snapshot { get; }

    public Thresholds Thresholds { get; }

    /// <summary>Every member that is not the leader, with its upstream.</summary>
    public IReadOnlyList<ReplicaLink> Links { get; }

    public MemberSnapshot? Leader => Snapshot.Leader;

    public TimeSpan LoopWait => Snapshot.Configuration.Value?.LoopWait ?? TimeSpan.FromSeconds(10);

    public TimeSpan Ttl => Snapshot.Configuration.Value?.Ttl ?? TimeSpan.FromSeconds(30);

    /// <summary>Within this time after a start Patroni has made the slot and the replica has tried again.</summary>
    public TimeSpan SlotGrace => (2 * LoopWait) + TimeSpan.FromSeconds(5);

    public WalAvailability? WalOf(string member) => availability.GetValueOrDefault(member);

    public MemberObservation? ObservedOf(string member) => Snapshot.Observed.Of(member);

    /// <summary>How long something has been seen; null when it is not the case or was never judged.</summary>
    public TimeSpan? Since(DateTimeOffset? since) => since is { } at ? Snapshot.TakenAt - at : null;

    /// <summary>Streaming on both ends; null when an end was not read.</summary>
    public bool? IsStreaming(ReplicaLink link) => ReplicationCheck.IsStreaming(link, Snapshot);

    public TimeSpan? UpFor(MemberSnapshot member) => ReplicationCheck.UpFor(member, Snapshot);

    public TimeSpan? ServingFor(MemberSnapshot node) => ReplicationCheck.ServingFor(node, Snapshot);

    /// <summary>A replica that is meant to stream and whose PostgreSQL answers. One that takes writes, or is of another cluster, is told of by rules of its own.</summary>
    public IEnumerable<ReplicaLink> StreamingCandidates => Links.Where(l =>
        l.Replica.Postgres.State.Value is { IsInRecovery: not false } && !l.Replica.Tags.NoStream && !ReplicationCheck.IsForeign(l.Replica, Snapshot));

    public string Command(string cmdlet, string? member = null, string rest = "") =>
        $"{cmdlet} -Cluster {PowerShellText.Quote(Snapshot.Cluster)}{(member is null ? "" : $" -Member {PowerShellText.Quote(member)}")}{rest}";
}

using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>A replica with the node that it is to stream from and the rows that stand for it there.</summary>
internal sealed record ReplicaLink
{
    public required MemberSnapshot Replica { get; init; }

    public MemberSnapshot? Upstream { get; init; }

    /// <summary>Its row in the upstream's pg_stat_replication; null when there is none or it was not read.</summary>
    public SenderRow? Sender { get; init; }

    /// <summary>The slot meant for it on the upstream; null when there is none or it was not read.</summary>
    public SlotRow? Slot { get; init; }

    public string SlotName => Patroni.SlotName.FromMember(Replica.Name);

    public static ReplicaLink Of(MemberSnapshot replica, ClusterSnapshot snapshot)
    {
        var upstream = UpstreamOf(replica, snapshot);
        var slotName = Patroni.SlotName.FromMember(replica.Name);
        var slot = upstream?.Postgres.Slots.Value?.FirstOrDefault(s => s.Name == slotName);
        return new ReplicaLink { Replica = replica, Upstream = upstream, Slot = slot, Sender = SenderOf(replica, upstream, slot, snapshot) };
    }

    /// <summary>The member named by replicatefrom while it is listed, else the leader.</summary>
    private static MemberSnapshot? UpstreamOf(MemberSnapshot replica, ClusterSnapshot snapshot) =>
        replica.Tags.ReplicateFrom is { } source && source != replica.Name
            ? snapshot.Members.FirstOrDefault(m => m.Name == source && m.Listed is not null) ?? snapshot.Leader
            : snapshot.Leader;

    // Patroni gives a replica its member name as application_name; the slot's process tells as well, unless it bears another member's name, which may
    // become the same slot name. A running base backup is no stream.
    private static SenderRow? SenderOf(MemberSnapshot replica, MemberSnapshot? upstream, SlotRow? slot, ClusterSnapshot snapshot) =>
        upstream?.Postgres.Senders.Value?
            .Where(s => s.State != "backup" && (s.ApplicationName == replica.Name
                || (s.Pid is not null && s.Pid == slot?.ActivePid && snapshot.Members.All(m => m.Name != s.ApplicationName))))
            .OrderByDescending(s => s.State == "streaming")
            .ThenByDescending(s => s.State == "catchup")
            .FirstOrDefault();
}

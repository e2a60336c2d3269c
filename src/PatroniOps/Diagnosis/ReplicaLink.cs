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

    /// <summary>The other member that streams through that slot, because its name becomes the same slot name; null when none does.</summary>
    public string? SlotHolder { get; init; }

    public string SlotName => Patroni.SlotName.FromMember(Replica.Name);

    public static ReplicaLink Of(MemberSnapshot replica, ClusterSnapshot snapshot)
    {
        var upstream = UpstreamOf(replica, snapshot);
        var slotName = Patroni.SlotName.FromMember(replica.Name);
        var slot = upstream?.Postgres.Slots.Value?.FirstOrDefault(s => s.Name == slotName);
        var throughSlot = slot?.ActivePid is null ? null : upstream?.Postgres.Senders.Value?.FirstOrDefault(s => s.Pid == slot.ActivePid);
        var holder = snapshot.Members.FirstOrDefault(m => m != replica && m.Name == throughSlot?.ApplicationName)?.Name;
        return new ReplicaLink { Replica = replica, Upstream = upstream, Slot = slot, SlotHolder = holder, Sender = SenderOf(replica, upstream, holder is null ? throughSlot : null) };
    }

    /// <summary>The member named by replicatefrom while it is listed, else the leader.</summary>
    private static MemberSnapshot? UpstreamOf(MemberSnapshot replica, ClusterSnapshot snapshot) =>
        replica.Tags.ReplicateFrom is { } source && source != replica.Name
            ? snapshot.Members.FirstOrDefault(m => m.Name == source && m.Listed is not null) ?? snapshot.Leader
            : snapshot.Leader;

    // Patroni gives a replica its member name as application_name; the slot's process tells as well. A running base backup is no stream.
    private static SenderRow? SenderOf(MemberSnapshot replica, MemberSnapshot? upstream, SenderRow? throughSlot) =>
        upstream?.Postgres.Senders.Value?
            .Where(s => s.State != "backup" && (s.ApplicationName == replica.Name || s == throughSlot))
            .OrderByDescending(s => s.State == "streaming")
            .ThenByDescending(s => s.State == "catchup")
            .FirstOrDefault();
}

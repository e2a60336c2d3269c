using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Observing;

/// <summary>One edge of the replication graph, both ends joined: the upstream's pg_stat_replication and the replica's pg_stat_wal_receiver.</summary>
public sealed record PatroniReplication
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>The replica; for a sender that serves no member, its application_name.</summary>
    public required string Member { get; init; }

    /// <summary>The node that sends, or should.</summary>
    public string? Upstream { get; init; }

    /// <summary>False for a receiver that is no member of the cluster: a base backup, pg_receivewal, a logical subscriber.</summary>
    public bool IsMember { get; init; }

    public string? SlotName { get; init; }

    /// <summary>Both ends stream and agree; null when an end was not read.</summary>
    public bool? IsStreaming { get; init; }

    /// <summary>The sender's state; null: no row, or not read.</summary>
    public string? SenderState { get; init; }

    /// <summary>The receiver's status; null: no row, or not read.</summary>
    public string? ReceiverStatus { get; init; }

    public string? SyncState { get; init; }

    /// <summary>The leader's position, from which the byte lags count.</summary>
    public Lsn? LeaderLsn { get; init; }

    public Lsn? SentLsn { get; init; }

    public Lsn? WriteLsn { get; init; }

    public Lsn? FlushLsn { get; init; }

    public Lsn? ReplayLsn { get; init; }

    public long? SendLagBytes { get; init; }

    public long? WriteLagBytes { get; init; }

    public long? FlushLagBytes { get; init; }

    public long? ReplayLagBytes { get; init; }

    /// <summary>As the sender measured it; null without recent traffic.</summary>
    public TimeSpan? WriteLag { get; init; }

    public TimeSpan? FlushLag { get; init; }

    public TimeSpan? ReplayLag { get; init; }

    /// <summary>When the receiver last heard from its sender, by the replica's clock.</summary>
    public DateTimeOffset? LastMessageAt { get; init; }

    /// <summary>Where the receiver is connected to.</summary>
    public string? ConnectedTo { get; init; }

    /// <summary>What could not be read, with the reason.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Every replica's edge, then every other sender of every node.</summary>
    public static IEnumerable<PatroniReplication> FromSnapshot(ClusterSnapshot snapshot)
    {
        var links = snapshot.Members.Where(m => !m.IsLeader).Select(m => ReplicaLink.Of(m, snapshot)).ToList();
        var told = links.Select(l => l.Sender).OfType<SenderRow>().ToHashSet(ReferenceEqualityComparer.Instance);
        var others = snapshot.Members.SelectMany(m => (m.Postgres.Senders.Value ?? []).Where(s => !told.Contains(s)).Select(s => (Node: m, Sender: s)));
        return links.Select(l => Of(l, snapshot)).Concat(others.Select(o => Of(o.Node, o.Sender, snapshot)));
    }

    private static PatroniReplication Of(ReplicaLink link, ClusterSnapshot snapshot)
    {
        var receiver = link.Replica.Receiver;
        var replay = link.Sender?.ReplayLsn ?? link.Replica.Postgres.State.Value?.ReplayLsn;
        return Lags(snapshot, link.Sender, new PatroniReplication
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Member = link.Replica.Name,
            Upstream = link.Upstream?.Name,
            IsMember = true,
            SlotName = receiver?.SlotName ?? link.Slot?.Name,
            IsStreaming = ReplicationCheck.IsStreaming(link, snapshot),
            ReceiverStatus = receiver?.Status,
            ReplayLsn = replay,
            LastMessageAt = receiver?.LastMessageReceivedAt,
            ConnectedTo = receiver is { SenderHost: { } host } ? $"{host}:{receiver.SenderPort}" : null,
            Unknown = [.. new[] { link.Upstream?.Postgres.Senders.Reason, link.Replica.Postgres.Receivers.Reason }.OfType<string>()],
        });
    }

    private static PatroniReplication Of(MemberSnapshot node, SenderRow sender, ClusterSnapshot snapshot) => Lags(snapshot, sender, new PatroniReplication
    {
        ConnectionId = snapshot.ConnectionId,
        Cluster = snapshot.Cluster,
        Member = sender.ApplicationName ?? $"process {sender.Pid}",
        Upstream = node.Name,
        SlotName = node.Postgres.Slots.Value?.FirstOrDefault(s => s.ActivePid is not null && s.ActivePid == sender.Pid)?.Name,
        ReplayLsn = sender.ReplayLsn,
    });

    private static PatroniReplication Lags(ClusterSnapshot snapshot, SenderRow? sender, PatroniReplication edge)
    {
        var leader = snapshot.LeaderLsnAfter;
        return edge with
        {
            SenderState = sender?.State,
            SyncState = sender?.SyncState,
            LeaderLsn = leader,
            SentLsn = sender?.SentLsn,
            WriteLsn = sender?.WriteLsn,
            FlushLsn = sender?.FlushLsn,
            SendLagBytes = leader - sender?.SentLsn,
            WriteLagBytes = leader - sender?.WriteLsn,
            FlushLagBytes = leader - sender?.FlushLsn,
            ReplayLagBytes = leader - edge.ReplayLsn,
            WriteLag = sender?.WriteLag,
            FlushLag = sender?.FlushLag,
            ReplayLag = sender?.ReplayLag,
        };
    }
}

using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>The facts of a replica's stream, judged from both ends. Each is null when it cannot be told.</summary>
internal static class ReplicationCheck
{
    // Idle streams exchange a message every wal_receiver_status_interval; without a timeout to compare with, a minute of silence proves nothing.
    private static readonly TimeSpan SilenceWithoutTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sender row and receiver row stream, on the leader's timeline, with a fresh message, and the replica is not ahead. Null when one
    /// end was not read.
    /// </summary>
    public static bool? IsStreaming(ReplicaLink link, ClusterSnapshot snapshot)
    {
        if (link.Upstream?.Postgres.Senders.IsKnown != true || !link.Replica.Postgres.Receivers.IsKnown)
            return null;
        if (link.Sender?.State != "streaming" || link.Replica.Receiver?.Status != "streaming")
            return false;
        if (IsDiverged(link.Replica, snapshot) == true)
            return false;
        if (link.Replica.Timeline is { } own && snapshot.Leader?.Timeline is { } leader && own != leader)
            return false;
        return IsFresh(link);
    }

    /// <summary>The receiver has heard from its sender as lately as it must; null when there is nothing to compare with.</summary>
    public static bool? IsFresh(ReplicaLink link)
    {
        if (link.Replica.Receiver?.LastMessageReceivedAt is not { } heard || link.Replica.Postgres.State.Value?.ServerTime is not { } now)
            return null;
        return LongestSilence(link) is { } limit ? now - heard < limit : now - heard < SilenceWithoutTimeout ? true : null;
    }

    // A sender asks its replica for a sign of life after half of its timeout. One that hears more often by itself never asks, and on an idle stream
    // it is the receiver that does, after half of its own timeout (walsender.c, WalSndKeepaliveIfNecessary; walreceiver.c, WalReceiverMain).
    private static TimeSpan? LongestSilence(ReplicaLink link)
    {
        if (link.Upstream?.Postgres.Settings.Value?.WalSenderTimeout is not { Ticks: > 0 } timeout)
            return null;
        var settings = link.Replica.Postgres.Settings.Value;
        if (settings?.WalReceiverStatusInterval is not { Ticks: > 0 } interval || interval >= timeout / 2)
            return timeout;
        var own = settings.WalReceiverTimeout ?? SilenceWithoutTimeout;
        return own == TimeSpan.Zero ? null : own > timeout ? own : timeout;
    }

    /// <summary>Its history is not the leader's: it replayed past the point where its timeline was left, or it is ahead of the leader; null when not known.</summary>
    public static bool? IsDiverged(MemberSnapshot replica, ClusterSnapshot snapshot)
    {
        if (replica.Position is not { } position || replica.Timeline is not { } own || snapshot.Leader?.Timeline is not { } leader)
            return null;
        if (own > leader)
            return true;
        if (own == leader)
            return snapshot.LeaderLsnAfter is { } after ? position > after : null;
        if (snapshot.History.Value is not { } switches)
            return null;
        // A server that was promoted goes on telling where its replay ended.
        var replayed = replica.Postgres.State.Value is { IsInRecovery: false } ? position : replica.Postgres.State.Value?.ReplayLsn ?? replica.Patroni.Value?.ReplayedLocation ?? position;
        return new TimelineHistory(leader, switches).EndOf(own) is { } fork ? replayed > fork : null;
    }

    /// <summary>It is beyond the leader's position on the leader's own timeline, now or when it was last looked at: the histories differ from then on.</summary>
    public static bool IsAhead(MemberSnapshot replica, ClusterSnapshot snapshot) =>
        !IsForeign(replica, snapshot) && (IsAheadNow(replica, snapshot) || snapshot.Observed.Of(replica.Name)?.AheadAt is not null);

    /// <summary>It is beyond the leader's position on the leader's own timeline.</summary>
    public static bool IsAheadNow(MemberSnapshot replica, ClusterSnapshot snapshot) =>
        replica.Timeline is not null && replica.Timeline == snapshot.Leader?.Timeline && IsDiverged(replica, snapshot) == true;

    /// <summary>
    /// It is on a newer timeline than a leader that takes writes: it, or the server that it followed, was promoted after that one. While the leader
    /// itself is only being promoted this says nothing.
    /// </summary>
    public static bool IsNewer(MemberSnapshot replica, ClusterSnapshot snapshot) =>
        snapshot.LeaderLsnAfter is not null && !IsForeign(replica, snapshot) && replica.Timeline > snapshot.Leader?.Timeline;

    /// <summary>
    /// It is the leader that went back: on its own timeline one replica beyond it may be wrong itself; several, and none that agrees with the leader, are
    /// not. A newer timeline is a promotion that the leader has missed, as an old one has that came back and took the key again (Patroni 3.0 with etcd3,
    /// whose update of the key does not look at whose it is: dcs/etcd3.py, _update_leader).
    /// </summary>
    public static bool IsLeaderBehind(ClusterSnapshot snapshot)
    {
        var replicas = snapshot.Members.Where(m => !m.IsLeader).ToList();
        var isBehind = replicas.Count(m => IsAhead(m, snapshot)) > 1 || replicas.Any(m => IsNewer(m, snapshot));
        return snapshot.Leader is not null && isBehind
            && !replicas.Any(m => !IsAhead(m, snapshot) && IsStreaming(ReplicaLink.Of(m, snapshot), snapshot) == true);
    }

    /// <summary>
    /// How long others could stream from the node: since its start, and, for a leader, since it became one. Patroni makes the slots after that, and
    /// enters the new timeline in /history a moment later: a leader on a timeline whose beginning is not there yet has just begun.
    /// </summary>
    public static TimeSpan? ServingFor(MemberSnapshot node, ClusterSnapshot snapshot)
    {
        // It holds the leader key and is not promoted yet.
        if (node.Listed?.Role == "leader" && node.Postgres.State.Value?.IsInRecovery == true)
            return TimeSpan.Zero;
        var up = UpFor(node, snapshot);
        if (node.Listed?.Role != "leader" || node.Timeline is not { } timeline || timeline < 2 || snapshot.History.Value is not { } switches)
            return up;
        var begun = switches.FirstOrDefault(s => s.Timeline == timeline - 1);
        var leading = begun is null ? TimeSpan.Zero : snapshot.TakenAt - begun.At;
        // A time to come is a clock that is wrong, and tells nothing.
        return leading is null || leading.Value.TotalSeconds < -snapshot.ReadWithin.TotalSeconds - ClockTolerance.TotalSeconds || up < leading ? up : leading;
    }

    /// <summary>It holds another database cluster than the leader: no WAL of the one is of use to the other.</summary>
    public static bool IsForeign(MemberSnapshot member, ClusterSnapshot snapshot) =>
        SystemOf(member) is { } own && snapshot.Leader is { } leader && SystemOf(leader) is { } leaders && own != leaders;

    /// <summary>The system identifier: the server's own word before Patroni's.</summary>
    public static string? SystemOf(MemberSnapshot member) => member.Postgres.Control.Value?.SystemIdentifier ?? member.Patroni.Value?.SystemIdentifier;

    /// <summary>
    /// How long the replica's PostgreSQL has been up, by its own clock or by the time of the snapshot; since it came back into the list, when it had left
    /// that: one that was cut off runs on, and its slot is gone when it is back.
    /// </summary>
    public static TimeSpan? UpFor(MemberSnapshot member, ClusterSnapshot snapshot)
    {
        var started = member.Postgres.State.Value?.PostmasterStartTime ?? member.Patroni.Value?.PostmasterStartTime;
        var up = started is null ? null : (member.Postgres.State.Value?.ServerTime ?? snapshot.TakenAt) - started;
        var back = snapshot.TakenAt - snapshot.Observed.Of(member.Name)?.ReturnedAt;
        return up is null || back < up ? back ?? up : up;
    }
}

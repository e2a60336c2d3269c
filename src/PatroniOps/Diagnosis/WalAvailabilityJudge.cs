using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>Judges for each replica whether it gets the WAL that it needs next. Pure: a snapshot in, results out.</summary>
public static class WalAvailabilityJudge
{
    /// <summary>One result a replica, absent members included, in the snapshot's order.</summary>
    public static IEnumerable<WalAvailability> Judge(ClusterSnapshot snapshot) =>
        snapshot.Members.Where(m => !m.IsLeader).Select(m => Judge(m, snapshot));

    private static WalAvailability Judge(MemberSnapshot replica, ClusterSnapshot snapshot)
    {
        var link = ReplicaLink.Of(replica, snapshot);
        var result = new WalAvailability
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Member = replica.Name,
            Upstream = link.Upstream?.Name,
            SlotName = link.SlotName,
            IsAbsent = replica.IsAbsent,
            AbsentFor = replica.IsAbsent && replica.Remembered is { } r ? snapshot.TakenAt - r.LastListedAt : null,
            Reason = "",
            Evidence = WalEvidence.Of(link, snapshot),
        };
        if (link.Upstream is null || snapshot.Leader is not { } leader)
            return result with { Reason = snapshot.View.IsKnown ? "The cluster has no leader." : $"The cluster's members are not known: {snapshot.View.Reason}" };
        var target = snapshot.LeaderLsnAfter ?? leader.Position;
        if (!replica.Postgres.State.IsKnown && replica.Patroni.Value is not { State: "running" or "streaming" or "in archive recovery" })
            return NotReadable(result, link, target, snapshot);
        return replica.Position is { } position && target is { } current && leader.Timeline is { } timeline
            ? JudgePosition(result, link, position, current, timeline, snapshot)
            : result with { Reason = NotReadReason(replica, leader) };
    }

    // Its server does not answer: what it needs is not known; what it was last seen to hold is only a lower bound.
    private static WalAvailability NotReadable(WalAvailability result, ReplicaLink link, Lsn? target, ClusterSnapshot snapshot)
    {
        var state = link.Replica.IsAbsent ? "has left the cluster's list and its PostgreSQL does not answer" : "does not answer";
        var reason = $"{result.Member} {state}: {link.Replica.Postgres.State.Reason}";
        if (link.Replica.Remembered?.LastPosition is not { } last || target is not { } leader)
            return result with { Reason = reason };
        var hold = WalHold.Of(link, last, leader, snapshot);
        return result with
        {
            NeededLsn = last,
            LagBytes = leader - last,
            HeldFor = hold.For,
            HeldBy = hold.By,
            IsSlotProtecting = IsSlotProtectingFrom(link, last),
            Reason = $"{reason} It was last seen at {last}; WAL from there on is held by {hold.By}.",
            NextCommand = $"Get-PatroniSlot -Cluster {PowerShellText.Quote(result.Cluster)} -SlotName {PowerShellText.Quote(link.SlotName)}",
        };
    }

    private static WalAvailability JudgePosition(WalAvailability result, ReplicaLink link, Lsn position, Lsn leader, uint timeline, ClusterSnapshot snapshot)
    {
        var history = new TimelineHistory(timeline, snapshot.History.Value ?? []);
        var size = snapshot.WalSegmentSize;
        var number = WalSegment.Holding(position, 0, size).Number;
        var need = WalNeed.Of(link, position, leader, history, snapshot);
        var neededTimeline = history.TimelineOfSegment(number, size);
        var hold = WalHold.Of(link, position, leader, snapshot);
        result = result with
        {
            NeededLsn = position,
            NeededTimeline = neededTimeline,
            NeededSegment = new WalSegment(neededTimeline, number, size).Name,
            LagBytes = leader - position,
            IsSlotProtecting = IsSlotProtecting(link, position),
            HeldFor = hold.For,
            HeldBy = hold.By,
            Sources = need.Sources,
        };
        if (ReplicationCheck.IsForeign(link.Replica, snapshot))
            return result with { IsAvailable = false, Reason = $"{result.Member} holds another database cluster than {snapshot.Leader!.Name}: no WAL of this one is of use to it.", NextCommand = WalSourcing.Plan(result) };
        if (ReplicationCheck.IsDiverged(link.Replica, snapshot) == true)
            return Diverged(result, link, snapshot);
        if (ReplicationCheck.IsStreaming(link, snapshot) == true)
            return result with { Status = WalAvailabilityStatus.Streaming, IsAvailable = true, Reason = $"{result.Member} streams from {result.Upstream} on timeline {timeline}." };
        if (link.Sender?.State is "catchup" && link.Replica.Receiver is not null)
            return result with { Status = WalAvailabilityStatus.CatchingUp, IsAvailable = true, Reason = $"{result.Member} receives from {result.Upstream} what it lacks." };
        return WalSourcing.Judge(result, link, need, snapshot);
    }

    private static WalAvailability Diverged(WalAvailability result, ReplicaLink link, ClusterSnapshot snapshot)
    {
        var own = link.Replica.Timeline;
        var leader = snapshot.Leader!.Timeline;
        var why = own == leader
            ? $"it is at {result.NeededLsn}, beyond the leader's {snapshot.LeaderLsnAfter} on the same timeline"
            : $"it follows timeline {own} past the point where the leader's timeline {leader} left it";
        // A copy of a leader that went back would replace what it lacks.
        var isLeaderBehind = ReplicationCheck.IsLeaderBehind(snapshot);
        return result with
        {
            Status = WalAvailabilityStatus.Diverged,
            IsAvailable = false,
            Reason = $"{result.Member} has diverged: {why}. {(isLeaderBehind ? $"No replica agrees with {snapshot.Leader.Name}: it went back, and {result.Member} may hold what it lacks" : "No WAL brings it back; it must be rewound or rebuilt")}.",
            NextCommand = isLeaderBehind ? $"Test-PatroniCluster -Cluster {PowerShellText.Quote(result.Cluster)}" : WalSourcing.Plan(result),
        };
    }

    // The slot is no protection when its restart_lsn is ahead of what the replica needs, which is where Patroni recreates it.
    private static bool? IsSlotProtecting(ReplicaLink link, Lsn needed) => link.Upstream?.Postgres.Slots.IsKnown != true
        ? null
        : link.Slot is { WalStatus: not "lost", RestartLsn: { } restart } && restart <= needed;

    // A slot that is ahead of where the member was last seen may be where the member has confirmed more since.
    private static bool? IsSlotProtectingFrom(ReplicaLink link, Lsn last) => IsSlotProtecting(link, last) switch
    {
        false when link.Slot is { WalStatus: not "lost", RestartLsn: not null } => null,
        var isProtecting => isProtecting,
    };

    private static string NotReadReason(MemberSnapshot replica, MemberSnapshot leader)
    {
        var (member, reading) = replica.Position is null ? (replica, replica.Postgres.State) : (leader, leader.Postgres.State);
        return $"The position or timeline of {member.Name} was not read: {reading.Reason ?? "its server did not give it."}";
    }
}

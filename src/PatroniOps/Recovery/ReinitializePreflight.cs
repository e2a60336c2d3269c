using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery;

/// <summary>
/// What must hold before a replica is reinitialized. Patroni deletes its data first and copies afterwards: with a leader that is dead but not
/// yet missed it wipes the only replica. So the leader's own REST and SQL must answer now.
/// </summary>
public static class ReinitializePreflight
{
    // pg_basebackup -X stream opens two.
    private const int SendersNeeded = 2;

    private static readonly string[] BusyStates = ["creating replica", "initializing new cluster", "running custom bootstrap script", "stopping", "restarting"];

    /// <summary>All conditions, each judged: pure, from a fresh snapshot.</summary>
    public static IReadOnlyList<PreflightCheck> Check(string member, ClusterSnapshot snapshot)
    {
        var target = snapshot.Members.FirstOrDefault(m => m.Name == member);
        var leader = snapshot.Leader;
        return
        [
            Listed(member, target, snapshot),
            NotLeader(target, leader),
            LeaderRest(leader, snapshot),
            LeaderSql(leader, snapshot),
            LeaderIsAhead(leader, snapshot),
            FreeSenders(target, leader),
            NotBusy(target),
        ];
    }

    private static PreflightCheck Listed(string member, MemberSnapshot? target, ClusterSnapshot snapshot) => target?.Listed is not null
        ? new("member is known", true, $"{member} is in /cluster")
        : new("member is known", snapshot.View.IsKnown ? false : null, snapshot.View.Reason ?? $"{member} is not in /cluster: its Patroni must run to be reinitialized");

    private static PreflightCheck NotLeader(MemberSnapshot? target, MemberSnapshot? leader)
    {
        const string name = "target is a replica";
        if (target is null)
            return new(name, null, "the member is not known");
        if (target.IsLeader || target == leader || target.Patroni.Value?.IsLeader == true)
            return new(name, false, $"{target.Name} is the leader: switch over first, then rebuild it as a replica");
        if (target.Postgres.State.Value?.IsInRecovery == false)
            return new(name, false, $"{target.Name}'s PostgreSQL takes writes although it is not the leader: find out why before its data is deleted");
        return target.Patroni.Value is { } status
            ? new(name, true, $"{target.Name} calls itself {status.Role}")
            : new(name, null, $"its REST API was not read: {target.Patroni.Reason}");
    }

    private static PreflightCheck LeaderRest(MemberSnapshot? leader, ClusterSnapshot snapshot)
    {
        const string name = "leader's REST answers";
        if (leader is null)
            return new(name, snapshot.View.IsKnown ? false : null, snapshot.View.Reason ?? "the cluster has no leader");
        if (leader.Patroni.Value is not { } status)
            return new(name, false, $"{leader.Name} is listed as leader, but its REST API does not answer: {leader.Patroni.Reason}");
        if (!status.IsLeader || status.State != "running")
            return new(name, false, $"{leader.Name} is listed as leader, but calls itself {status.Role}, {status.State}");
        var ttl = snapshot.Configuration.Value?.Ttl ?? TimeSpan.FromSeconds(30);
        return status.DcsLastSeen is { } seen && snapshot.TakenAt - seen > ttl
            ? new(name, false, $"{leader.Name} has not seen the DCS for {(snapshot.TakenAt - seen).TotalSeconds:0} s")
            : new(name, true, $"{leader.Name} is {status.Role}, {status.State}");
    }

    private static PreflightCheck LeaderSql(MemberSnapshot? leader, ClusterSnapshot snapshot)
    {
        const string name = "leader's PostgreSQL answers and is writable";
        if (leader?.Postgres.State.Value is not { } state)
            return new(name, leader is null ? null : false, leader?.Postgres.State.Reason ?? "there is no leader to ask");
        if (state.IsInRecovery == true && leader.Listed?.Role != "standby_leader")
            return new(name, false, $"{leader.Name}'s PostgreSQL is in recovery: it takes no writes");
        if (state.IsInRecovery is null || snapshot.LeaderLsnAfter is null)
            return new(name, null, $"{leader.Name}'s position was not read");
        return new(name, true, $"{leader.Name} is at {snapshot.LeaderLsnAfter}");
    }

    // Else the copy would replace the only data that has what the leader lacks.
    private static PreflightCheck LeaderIsAhead(MemberSnapshot? leader, ClusterSnapshot snapshot)
    {
        const string name = "leader has what its replicas have";
        if (leader is null || snapshot.LeaderLsnAfter is null)
            return new(name, null, leader is null ? "there is no leader" : $"{leader.Name}'s position was not read");
        return ReplicationCheck.IsLeaderBehind(snapshot)
            ? new(name, false, $"{leader.Name} at {snapshot.LeaderLsnAfter} is behind its replicas on its own timeline, and none agrees with it: it was swapped or restored. Save what they hold first")
            : new(name, true, $"{leader.Name} is at {snapshot.LeaderLsnAfter}");
    }

    private static PreflightCheck FreeSenders(MemberSnapshot? target, MemberSnapshot? leader)
    {
        const string name = "free walsenders for the copy";
        if (leader?.Postgres.Settings.Value?.MaximumWalSenders is not { } maximum || leader.Postgres.Senders.Value is not { } senders)
            return new(name, null, leader?.Postgres.Settings.Reason ?? leader?.Postgres.Senders.Reason ?? "max_wal_senders was not read");
        // The member's own stream ends before the copy begins.
        var used = senders.Count(s => s.ApplicationName != target?.Name);
        var free = maximum - used;
        return new(name, free >= SendersNeeded, $"{free} of {maximum} free on {leader.Name}, {SendersNeeded} needed");
    }

    private static PreflightCheck NotBusy(MemberSnapshot? target)
    {
        const string name = "no rebuild already runs";
        return target?.Patroni.Value is not { } status
            ? new(name, null, target?.Patroni.Reason ?? "the member is not known")
            : new(name, !BusyStates.Contains(status.State), $"{target.Name} is {status.State}");
    }
}

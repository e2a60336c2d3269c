using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold of target and leader, whatever the method: the target is no leader, and the leader itself answers now.</summary>
internal static class LeaderChecks
{
    public static PreflightCheck LeaderRest(MemberSnapshot? leader, ClusterSnapshot snapshot)
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

    public static PreflightCheck LeaderSql(MemberSnapshot? leader, ClusterSnapshot snapshot)
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

    public static PreflightCheck NotLeader(MemberSnapshot? target, MemberSnapshot? leader)
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

    // Else a copy would replace the only data that has what the leader lacks.
    public static PreflightCheck LeaderIsAhead(MemberSnapshot? leader, ClusterSnapshot snapshot)
    {
        const string name = "leader has what its replicas have";
        if (leader is null || snapshot.LeaderLsnAfter is null)
            return new(name, null, leader is null ? "there is no leader" : $"{leader.Name}'s position was not read");
        if (!ReplicationCheck.IsLeaderBehind(snapshot))
            return new(name, true, $"{leader.Name} is at {snapshot.LeaderLsnAfter}");
        return new(name, false, snapshot.Members.Any(m => ReplicationCheck.IsNewer(m, snapshot))
            ? $"{leader.Name} is on timeline {leader.Timeline}, there is a newer one on its replicas, and none agrees with it: it came back after a failover. Save what they hold first"
            : $"{leader.Name} at {snapshot.LeaderLsnAfter} is behind its replicas on its own timeline, and none agrees with it: it was swapped or restored. Save what they hold first");
    }
}

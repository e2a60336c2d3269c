using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>
/// Whether a member may become leader without loss. Patroni itself asks only whether the candidate answers and has no nofailover tag, and compares
/// positions: a diverged one passes. Pure, from a fresh snapshot.
/// </summary>
/// <remarks>Source: Patroni, patroni/api.py is_failover_possible; patroni/ha.py failover_limitation.</remarks>
public static class CandidateJudge
{
    /// <summary>All conditions on one candidate, each judged.</summary>
    /// <param name="candidate">Its name.</param>
    /// <param name="snapshot">A fresh one.</param>
    /// <param name="maximumLag">Bytes that it may lack; null takes maximum_lag_on_failover.</param>
    public static IReadOnlyList<PreflightCheck> Check(string candidate, ClusterSnapshot snapshot, long? maximumLag = null)
    {
        if (snapshot.Members.FirstOrDefault(m => m.Name == candidate) is not { Listed: not null } member)
            return
            [
                snapshot.View.IsKnown
                    ? new("candidate is a member", false, $"{candidate} is not in /cluster, which has {string.Join(", ", snapshot.View.Value!.Members.Select(m => m.Name))}")
                    : new("candidate is a member", null, $"/cluster was not read: {snapshot.View.Reason}"),
            ];
        if (member.IsLeader)
            return [new("candidate is not the leader", false, $"{candidate} is the leader already")];
        var link = ReplicaLink.Of(member, snapshot);
        return
        [
            MayLead(member),
            Rest(member),
            Sql(member),
            Streams(link, snapshot),
            Timeline(member, snapshot),
            Lag(member, snapshot, maximumLag ?? snapshot.Configuration.Value?.MaximumLagOnFailover),
            Synchronous(member, snapshot),
        ];
    }

    /// <summary>The member that passes every check and lacks least; null when none does.</summary>
    public static MemberSnapshot? Best(ClusterSnapshot snapshot, long? maximumLag = null, Func<MemberSnapshot, bool>? which = null) => snapshot.Members
        .Where(m => m.Listed is not null && !m.IsLeader && (which?.Invoke(m) ?? true) && Check(m.Name, snapshot, maximumLag).All(c => c.HasPassed == true))
        .OrderByDescending(m => m.Listed!.Role is "sync_standby" or "quorum_standby")
        .ThenByDescending(m => m.Tags.FailoverPriority)
        .ThenByDescending(m => m.Position?.Value)
        .ThenBy(m => m.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>The leader takes writes and answers: there is something to compare a candidate with.</summary>
    internal static bool IsLeaderAlive(ClusterSnapshot snapshot) =>
        snapshot.Leader is { } leader && leader.Patroni.Value is { IsLeader: true, State: "running" } && leader.Postgres.State.Value is { } state
        && (state.IsInRecovery == false || leader.Listed?.Role == "standby_leader") && snapshot.LeaderLsnAfter is not null;

    private static PreflightCheck MayLead(MemberSnapshot member)
    {
        const string name = "candidate may lead";
        if (member.Tags.NoFailover)
            return new(name, false, $"{member.Name} has the tag nofailover");
        return member.Patroni.Value?.HasWatchdogFailed == true ? new(name, false, $"the watchdog of {member.Name} has failed") : new(name, true, "no tag forbids it");
    }

    private static PreflightCheck Rest(MemberSnapshot member)
    {
        const string name = "candidate's REST answers";
        if (member.Patroni.Value is not { } status)
            return new(name, false, $"the REST API of {member.Name} does not answer: {member.Patroni.Reason}");
        return status is { State: "running", IsLeader: false }
            ? new(name, true, $"{member.Name} is {status.Role}, {status.State}")
            : new(name, false, $"{member.Name} calls itself {status.Role}, {status.State}");
    }

    private static PreflightCheck Sql(MemberSnapshot member)
    {
        const string name = "candidate's PostgreSQL answers";
        if (member.Postgres.State.Value is not { } state)
            return new(name, member.Postgres.State.Failure == FailureKind.NotConfigured ? null : false, $"the PostgreSQL of {member.Name} was not read: {member.Postgres.State.Reason}");
        return state.IsInRecovery == true
            ? new(name, true, $"{member.Name} is in recovery, at {member.Position}")
            : new(name, state.IsInRecovery is null ? null : false, $"the PostgreSQL of {member.Name} is no standby: it takes writes");
    }

    private static PreflightCheck Streams(ReplicaLink link, ClusterSnapshot snapshot)
    {
        const string name = "candidate streams";
        if (!IsLeaderAlive(snapshot))
            return new(name, true, "there is no leader that takes writes to stream from");
        return ReplicationCheck.IsStreaming(link, snapshot) switch
        {
            true => new(name, true, $"{link.Replica.Name} streams from {link.Upstream?.Name}"),
            false => new(name, false, $"{link.Replica.Name} does not stream"),
            null => new(name, null, $"whether {link.Replica.Name} streams was not seen on both ends"),
        };
    }

    private static PreflightCheck Timeline(MemberSnapshot member, ClusterSnapshot snapshot)
    {
        const string name = "candidate's history is the cluster's";
        if (snapshot.Observed.Of(member.Name)?.AheadAt is { } ahead)
            return new(name, false, $"{member.Name} was seen at {ahead}, beyond the leader: its history differs");
        if (ReplicationCheck.IsForeign(member, snapshot))
            return new(name, false, $"{member.Name} has another system identifier");
        if (member.Timeline is not { } own)
            return new(name, null, $"the timeline of {member.Name} was not read");
        if (!IsLeaderAlive(snapshot))
        {
            var newest = snapshot.Members.Max(m => m.Timeline);
            return new(name, own >= newest, $"{member.Name} is on timeline {own}, the newest one seen is {newest}");
        }
        if (own != snapshot.Leader!.Timeline)
            return new(name, snapshot.Leader.Timeline is null ? null : false, $"{member.Name} is on timeline {own}, the leader on {snapshot.Leader.Timeline?.ToString() ?? "an unknown one"}");
        return ReplicationCheck.IsDiverged(member, snapshot) switch
        {
            true => new(name, false, $"{member.Name} is at {member.Position}, beyond the leader's {snapshot.LeaderLsnAfter}: its history differs"),
            false => new(name, true, $"{member.Name} and {snapshot.Leader.Name} are on timeline {own}"),
            null => new(name, null, $"the position of {member.Name} was not read"),
        };
    }

    private static PreflightCheck Lag(MemberSnapshot member, ClusterSnapshot snapshot, long? limit)
    {
        const string name = "candidate lacks little";
        if (limit is null)
            return new(name, null, $"maximum_lag_on_failover was not read ({snapshot.Configuration.Reason}): give a limit");
        var (tip, of) = IsLeaderAlive(snapshot) ? (snapshot.LeaderLsnAfter, $"the leader {snapshot.Leader!.Name}") : Furthest(snapshot);
        if (member.Position is not { } own || tip is null)
            return new(name, null, $"the positions of {member.Name} and the leader were not both read");
        var lag = Math.Max(0, tip.Value - own);
        return new(name, lag <= limit, $"{member.Name} is {Words.Bytes(lag)} behind {of}; at most {Words.Bytes(limit.Value)} are allowed");
    }

    // Without a leader that answers: the member that has got furthest. What the leader had written beyond it is lost whoever is chosen.
    private static (Lsn? Tip, string Of) Furthest(ClusterSnapshot snapshot) =>
        snapshot.Members.Where(m => m.Position is not null).OrderByDescending(m => m.Position!.Value.Value).FirstOrDefault() is { } furthest
            ? (furthest.Position, $"{furthest.Name}, which has got furthest")
            : (null, "");

    private static PreflightCheck Synchronous(MemberSnapshot member, ClusterSnapshot snapshot)
    {
        const string name = "candidate is a synchronous standby where that is wanted";
        if (snapshot.Configuration.Value is not { } configuration)
            return new(name, null, $"synchronous_mode was not read: {snapshot.Configuration.Reason}");
        if (!configuration.IsSynchronous)
            return new(name, true, "synchronous_mode is off");
        return member.Listed!.Role is "sync_standby" or "quorum_standby"
            ? new(name, true, $"{member.Name} is {member.Listed.Role}")
            : new(name, false, $"synchronous_mode is on, and {member.Name} is no synchronous standby: commits could be lost");
    }
}

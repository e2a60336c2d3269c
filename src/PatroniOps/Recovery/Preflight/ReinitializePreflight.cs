using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

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
    /// <param name="member">The replica to reinitialize.</param>
    /// <param name="facts">What was read of its node and of Patroni's way to make the copy.</param>
    /// <param name="snapshot">The cluster now.</param>
    /// <param name="source">The member to copy from, when one was named; null: Patroni's choice.</param>
    public static IReadOnlyList<PreflightCheck> Check(string member, ReinitializeFacts facts, ClusterSnapshot snapshot, string? source = null)
    {
        var target = snapshot.Members.FirstOrDefault(m => m.Name == member);
        var leader = snapshot.Leader;
        return
        [
            Listed(member, target, snapshot),
            LeaderChecks.NotLeader(target, leader),
            LeaderChecks.LeaderRest(leader, snapshot),
            LeaderChecks.LeaderSql(leader, snapshot),
            LeaderChecks.LeaderIsAhead(leader, snapshot),
            FreeSenders(target, leader),
            NotBusy(target, facts),
            .. Creation(member, facts, snapshot),
            .. Source(source, target, leader),
        ];
    }

    private static PreflightCheck Listed(string member, MemberSnapshot? target, ClusterSnapshot snapshot) => target?.Listed is not null
        ? new("member is known", true, $"{member} is in /cluster")
        : new("member is known", snapshot.View.IsKnown ? false : null, snapshot.View.Reason ?? $"{member} is not in /cluster: its Patroni must run to be reinitialized");

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

    private static PreflightCheck NotBusy(MemberSnapshot? target, ReinitializeFacts facts)
    {
        const string name = "no rebuild already runs";
        if (facts.AtWork is { } holder)
            return new(name, false, $"somebody else is at work on this member: {holder}");
        return target?.Patroni.Value is not { } status
            ? new(name, null, target?.Patroni.Reason ?? "the member is not known")
            : new(name, !BusyStates.Contains(status.State), $"{target.Name} is {status.State}");
    }

    private static IEnumerable<PreflightCheck> Source(string? source, MemberSnapshot? target, MemberSnapshot? leader)
    {
        if (source is null)
            yield break;
        if (source != leader?.Name)
            yield return new("source can be named", false, $"Patroni itself chooses whom to copy from (a member with the tag clonefrom, else the leader): {source} cannot be named, only the leader; BaseBackup copies from any");
        else
            yield return VersionGate.FromLeader.Judge(target is null ? [] : [target]);
    }

    // The first method that succeeds makes the replica, and a restore over a gap "succeeds": each of those before pg_basebackup must be whole.
    private static IEnumerable<PreflightCheck> Creation(string member, ReinitializeFacts facts, ClusterSnapshot snapshot)
    {
        const string name = "create_replica_methods restore no gap";
        foreach (var method in facts.Methods)
            foreach (var check in (PreflightCheck[])[RepositoryChecks.HasBackup(method.Repository), RepositoryChecks.IsWhole(method.Repository, snapshot)])
                yield return check with { Name = name, Text = $"Patroni would make {member} by its method {method.Method}: {check.Text}" };
        if (facts.Methods.Count > 0)
            yield break;
        if (!snapshot.Configuration.IsKnown)
            yield return new(name, null, $"whether the dynamic configuration names create_replica_methods: {snapshot.Configuration.Reason}");
        else if (facts.NodeUnknown is { } why)
            // A machine that reaches no node may still ask Patroni, whose shared configuration tells of no repository; a node that was named must be read.
            yield return new(name, null, $"whether {member}'s patroni.yml names create_replica_methods that restore from a repository, with a gap perhaps: {why}") { IsRequired = facts.IsNodeNamed };
        else
            yield return new(name, true, "Patroni copies with pg_basebackup");
    }
}

using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>What must hold in the whole cluster before it is given another leader, candidates apart. Pure, from a fresh snapshot.</summary>
public static class SwitchoverPreflight
{
    // With one of these a new leader could lose what the present one has committed, or be the wrong one.
    private static readonly string[] Forbidding = ["SoleCopy", "TimelineDiverged", "AheadOfLeader", "TwoPrimaries", "SystemIdentifierMismatch"];

    /// <summary>All conditions, each judged; those of a candidate, where one is named, included.</summary>
    public static IReadOnlyList<PreflightCheck> Check(SwitchoverRequest request, ClusterSnapshot snapshot) =>
    [
        Leader(request, snapshot),
        Copies(snapshot),
        NotScheduled(snapshot),
        Schedule(request, snapshot),
        .. request.Candidate is { } candidate ? CandidateJudge.Check(candidate, snapshot, request.MaximumLag) : Any(request, snapshot),
    ];

    // None was named: there must be one, and when there is none, each says why.
    private static IEnumerable<PreflightCheck> Any(SwitchoverRequest request, ClusterSnapshot snapshot)
    {
        const string name = "there is a candidate";
        if (CandidateJudge.Best(snapshot, request.MaximumLag) is { } best)
            return [new(name, true, $"{best.Name} passes every check and lacks least")];
        var others = snapshot.Members.Where(m => m.Listed is not null && !m.IsLeader).ToList();
        if (others.Count == 0)
            return [new(name, snapshot.View.IsKnown ? false : null, snapshot.View.Reason ?? "the cluster has no other member")];
        return others.SelectMany(m => CandidateJudge.Check(m.Name, snapshot, request.MaximumLag)).Where(c => c.HasPassed != true).Select(c => c with { Name = name });
    }

    private static PreflightCheck Leader(SwitchoverRequest request, ClusterSnapshot snapshot)
    {
        const string name = "leader answers and takes writes";
        if (CandidateJudge.IsLeaderAlive(snapshot))
            return new(name, true, $"{snapshot.Leader!.Name} is at {snapshot.LeaderLsnAfter} on timeline {snapshot.Leader.Timeline}");
        var found = snapshot.Leader is not { } leader ? snapshot.View.IsKnown ? "the cluster has no leader" : $"/cluster was not read: {snapshot.View.Reason}"
            : leader.Patroni.Value is not { } status ? $"the REST API of {leader.Name} does not answer: {leader.Patroni.Reason}"
            : !status.IsLeader || status.State != "running" ? $"{leader.Name} is listed as leader, but calls itself {status.Role}, {status.State}"
            : leader.Postgres.State.Value is null ? $"the PostgreSQL of {leader.Name} was not read: {leader.Postgres.State.Reason}"
            : $"the PostgreSQL of {leader.Name} takes no writes";
        // That is what a failover is for.
        return new(name, request.IsFailover && snapshot.View.IsKnown, request.IsFailover ? found : $"{found}; Invoke-PatroniFailover works without a leader");
    }

    private static PreflightCheck Copies(ClusterSnapshot snapshot)
    {
        const string name = "no other leader would lose data";
        var findings = ClusterDiagnosis.Judge(snapshot).Findings.Where(f => Forbidding.Contains(f.Id)).Select(f => f.Message).Distinct().ToList();
        return findings.Count > 0 ? new(name, false, $"{string.Join(" ", findings)} Repair that first") : new(name, true, "no diverged member, no sole copy, no second primary");
    }

    private static PreflightCheck NotScheduled(ClusterSnapshot snapshot)
    {
        const string name = "no switchover is scheduled";
        if (snapshot.View.Value is not { } view)
            return new(name, null, $"/cluster was not read: {snapshot.View.Reason}");
        return view.ScheduledSwitchoverAt is { } at
            ? new(name, false, $"a switchover is scheduled for {at:u}, which this one would replace: take it back with Invoke-PatroniSwitchover -Cancel")
            : new(name, true, "none");
    }

    private static PreflightCheck Schedule(SwitchoverRequest request, ClusterSnapshot snapshot)
    {
        const string name = "time";
        if (request.At is not { } at)
            return new(name, true, "now");
        if (at <= snapshot.TakenAt)
            return new(name, false, $"{at:u} is past");
        return snapshot.View.Value?.IsPaused == true ? new(name, false, "the cluster is paused, in which Patroni schedules nothing: Resume-PatroniCluster") : new(name, true, $"{at:u}");
    }
}

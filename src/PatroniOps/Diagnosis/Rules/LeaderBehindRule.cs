namespace PatroniOps.Diagnosis.Rules;

/// <summary>LeaderBehindReplicas: no replica agrees with the leader, and several are beyond it: it is the leader that went back.</summary>
internal sealed class LeaderBehindRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (!IsLeaderBehind(context))
            yield break;
        var ahead = context.Links.Where(l => IsAhead(l, context)).ToList();
        yield return new Finding
        {
            Id = "LeaderBehindReplicas",
            Member = context.Leader!.Name,
            Severity = FindingSeverity.Critical,
            Area = FindingArea.Service,
            Message = $"{string.Join(" and ", ahead.Select(l => l.Replica.Name))} are beyond {context.Leader.Name} on its own timeline, and no replica agrees with it: it lacks what they have.",
            Cause = "The leader's data directory was swapped or restored. Rebuild none of them: they may hold the only copy of what was committed since. Stop the writers, and save their data first.",
            NextCommand = context.Command("Get-PatroniReplication"),
            Evidence =
            [
                new("position", context.Snapshot.LeaderLsnAfter?.ToString() ?? "unknown", context.Leader.Name),
                .. ahead.Select(l => new Evidence("position", $"{context.ObservedOf(l.Replica.Name)?.AheadAt ?? l.Replica.Position}", l.Replica.Name)),
            ],
        };
    }

    /// <summary>One replica beyond the leader may be wrong itself; several, and none that agrees with the leader, are not.</summary>
    public static bool IsLeaderBehind(DiagnosisContext context) =>
        context.Leader is not null && context.Links.Count(l => IsAhead(l, context)) > 1 && !context.Links.Any(l => context.IsStreaming(l) == true && !IsAhead(l, context));

    /// <summary>It is beyond the leader's position on the leader's timeline now.</summary>
    public static bool IsAheadNow(ReplicaLink link, DiagnosisContext context) =>
        link.Replica.Timeline is not null && link.Replica.Timeline == context.Leader?.Timeline && ReplicationCheck.IsDiverged(link.Replica, context.Snapshot) == true;

    // Once seen it stays true, also when the leader has passed it.
    private static bool IsAhead(ReplicaLink link, DiagnosisContext context) =>
        !ReplicationCheck.IsForeign(link.Replica, context.Snapshot) && (IsAheadNow(link, context) || context.ObservedOf(link.Replica.Name)?.AheadAt is not null);
}

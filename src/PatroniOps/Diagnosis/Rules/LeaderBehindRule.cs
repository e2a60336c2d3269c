namespace PatroniOps.Diagnosis.Rules;

/// <summary>LeaderBehindReplicas: no replica agrees with the leader, and several are beyond it: it is the leader that went back.</summary>
internal sealed class LeaderBehindRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (!ReplicationCheck.IsLeaderBehind(context.Snapshot))
            yield break;
        var ahead = context.Links.Where(l => ReplicationCheck.IsAhead(l.Replica, context.Snapshot)).ToList();
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
}

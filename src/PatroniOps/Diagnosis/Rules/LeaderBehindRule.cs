namespace PatroniOps.Diagnosis.Rules;

/// <summary>LeaderBehindReplicas: no replica agrees with the leader, and they are beyond it or on a newer timeline: it is the leader that went back.</summary>
internal sealed class LeaderBehindRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (!ReplicationCheck.IsLeaderBehind(context.Snapshot))
            yield break;
        var newer = context.Links.Where(l => ReplicationCheck.IsNewer(l.Replica, context.Snapshot)).ToList();
        var ahead = newer.Count > 0 ? newer : context.Links.Where(l => ReplicationCheck.IsAhead(l.Replica, context.Snapshot)).ToList();
        var names = string.Join(" and ", ahead.Select(l => l.Replica.Name));
        yield return new Finding
        {
            Id = "LeaderBehindReplicas",
            Member = context.Leader!.Name,
            Severity = FindingSeverity.Critical,
            Area = FindingArea.Service,
            Message = newer.Count > 0
                ? $"On {names} there is timeline {newer.Max(l => l.Replica.Timeline)}, newer than {context.Leader.Name}'s {context.Leader.Timeline}, and no replica agrees with {context.Leader.Name}: it lacks what they have."
                : $"{names} are beyond {context.Leader.Name} on its own timeline, and no replica agrees with it: it lacks what they have.",
            Cause = newer.Count > 0
                ? "An old leader came back after a failover and took the key again, as one whose Patroni had hung does without a watchdog. Rebuild none of the others: they may hold the only copy of what was committed since. Stop the writers, and save their data first."
                : "The leader's data directory was swapped or restored. Rebuild none of them: they may hold the only copy of what was committed since. Stop the writers, and save their data first.",
            NextCommand = context.Command("Get-PatroniReplication"),
            Evidence =
            [
                new("position", context.Snapshot.LeaderLsnAfter?.ToString() ?? "unknown", context.Leader.Name),
                .. ahead.Select(l => new Evidence("position", $"{context.ObservedOf(l.Replica.Name)?.AheadAt ?? l.Replica.Position}", l.Replica.Name)),
            ],
        };
    }
}

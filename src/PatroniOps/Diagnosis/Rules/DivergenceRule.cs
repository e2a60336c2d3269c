using PatroniOps.Postgres;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>TimelineDiverged, AheadOfLeader, ElectionRisk: a member whose history is not the leader's, whatever its lag says.</summary>
internal sealed class DivergenceRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var link in context.Links.Where(l => !ReplicationCheck.IsForeign(l.Replica, context.Snapshot)))
        {
            var finding = OnAnotherTimeline(link, context) ?? Ahead(link, context);
            if (finding is null)
                continue;
            yield return finding;
            if (!link.Replica.Tags.NoFailover)
                yield return ElectionRisk(link, context);
        }
    }

    private static Finding? OnAnotherTimeline(ReplicaLink link, DiagnosisContext context)
    {
        var own = link.Replica.Timeline;
        if (own is null || own == context.Leader?.Timeline || ReplicationCheck.IsDiverged(link.Replica, context.Snapshot) != true)
            return null;
        var fork = context.Leader?.Timeline is { } leader ? new TimelineHistory(leader, context.Snapshot.History.Value ?? []).EndOf(own.Value) : null;
        return New("TimelineDiverged", link, context,
            fork is { } at
                ? $"{link.Replica.Name} follows timeline {own} beyond {at}, where the leader's timeline {context.Leader!.Timeline} left it."
                : $"{link.Replica.Name} is on timeline {own}, which is not in the leader's history.",
            own > context.Leader?.Timeline
                ? "It, or the server that it followed, was promoted after the one that leads now."
                : "It took writes, or replayed some, that the new leader never got: typically the old leader after a failover.");
    }

    private static Finding? Ahead(ReplicaLink link, DiagnosisContext context)
    {
        var isNow = ReplicationCheck.IsAheadNow(link.Replica, context.Snapshot);
        var seen = context.ObservedOf(link.Replica.Name)?.AheadAt;
        if (!isNow && seen is null)
            return null;
        return New("AheadOfLeader", link, context,
            isNow
                ? $"{link.Replica.Name} is at {link.Replica.Position}, beyond the leader's {context.Snapshot.LeaderLsnAfter} on the same timeline."
                : $"{link.Replica.Name} was seen at {seen}, beyond the leader's position at that time: their histories differ, also now that the leader has passed it.",
            "One of the two was swapped, restored or recovered on its own: they wrote different WAL under the same timeline.");
    }

    private static Finding ElectionRisk(ReplicaLink link, DiagnosisContext context)
    {
        var finding = New("ElectionRisk", link, context,
            $"{link.Replica.Name} has diverged and may become leader in the next election: rows that the present leader has committed would be lost.",
            "Patroni compares positions, not histories. Until it is rebuilt, it must not be a candidate.");
        // Of a leader that went back, the others may hold what it lacks: none of them is barred.
        return ReplicationCheck.IsLeaderBehind(context.Snapshot) ? finding : finding with { NextCommand = context.Command("Set-PatroniMemberTag", link.Replica.Name, " -NoFailover") };
    }

    private static Finding New(string id, ReplicaLink link, DiagnosisContext context, string message, string cause) => new()
    {
        Id = id,
        Member = link.Replica.Name,
        Severity = FindingSeverity.Critical,
        Area = FindingArea.Replication,
        Message = message,
        Cause = cause,
        // A copy of a leader that went back would replace what it lacks.
        NextCommand = ReplicationCheck.IsLeaderBehind(context.Snapshot)
            ? context.Command("Get-PatroniReplication")
            : context.Command("Get-ReplicaRecoveryPlan", link.Replica.Name),
        Evidence = WalEvidence.Of(link, context.Snapshot),
    };
}

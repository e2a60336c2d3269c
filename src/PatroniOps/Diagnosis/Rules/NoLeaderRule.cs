namespace PatroniOps.Diagnosis.Rules;

/// <summary>NoLeader, SwitchoverInProgress: nobody holds the leader key, or the leader does not take writes yet.</summary>
internal sealed class NoLeaderRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (!context.Snapshot.View.IsKnown)
            yield break;
        if (context.Leader is { } leader)
        {
            if (leader.Listed?.Role == "leader" && leader.Postgres.State.Value?.IsInRecovery == true)
                yield return NotWritable(context, leader.Name);
            yield break;
        }
        var since = context.Since(context.Snapshot.Observed.NoLeaderSince) ?? TimeSpan.Zero;
        var isShort = since < context.Ttl + context.LoopWait;
        yield return new Finding
        {
            Id = isShort ? "SwitchoverInProgress" : "NoLeader",
            Severity = isShort ? FindingSeverity.Warning : FindingSeverity.Critical,
            Message = isShort
                ? $"The cluster has no leader at this moment; a switchover or failover takes up to {(context.Ttl + context.LoopWait).TotalSeconds:0} s."
                : $"The cluster has had no leader for {since.TotalSeconds:0} s.",
            Cause = isShort ? null : "No member is eligible (nofailover, maximum_lag_on_failover, a diverged timeline), the DCS is not writable, or the cluster is paused.",
            NextCommand = context.Command("Get-PatroniMember"),
            Evidence = [new("members", string.Join(", ", context.Snapshot.Members.Select(m => $"{m.Name} {m.Listed?.Role ?? "absent"} {m.Listed?.State}")), "GET /cluster")],
        };
    }

    private static Finding NotWritable(DiagnosisContext context, string leader)
    {
        var up = context.Since(context.ObservedOf(leader)?.StateSince) ?? TimeSpan.Zero;
        var isShort = up < context.Thresholds.Restart;
        return new Finding
        {
            Id = isShort ? "SwitchoverInProgress" : "LeaderNotWritable",
            Member = leader,
            Severity = isShort ? FindingSeverity.Warning : FindingSeverity.Critical,
            Message = isShort ? $"{leader} holds the leader key and its PostgreSQL is not promoted yet." : $"{leader} holds the leader key, but its PostgreSQL is in recovery and takes no writes.",
            NextCommand = context.Command("Get-PatroniMember", leader),
            Evidence = [new("pg_is_in_recovery", "true", leader)],
        };
    }
}

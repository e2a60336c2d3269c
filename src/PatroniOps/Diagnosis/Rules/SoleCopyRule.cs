namespace PatroniOps.Diagnosis.Rules;

/// <summary>SoleCopy, TooFewStreaming: how many good copies there are besides the leader's.</summary>
internal sealed class SoleCopyRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (context.Leader is null || context.Links.Count == 0)
            yield break;
        var streaming = context.Links.Where(l => context.IsStreaming(l) == true).ToList();
        if (context.Links.All(l => IsBroken(l, context)) && !ReplicationCheck.IsLeaderBehind(context.Snapshot))
            yield return New("SoleCopy", FindingSeverity.Critical, context,
                $"{context.Leader.Name} holds the only good copy: none of {string.Join(", ", context.Links.Select(l => l.Replica.Name))} follows it.",
                "Take and verify a backup elsewhere before anything else is tried.");
        if (context.Thresholds.MinimumStreaming is { } minimum && streaming.Count < minimum)
            yield return New("TooFewStreaming", FindingSeverity.Critical, context, $"{streaming.Count} replicas stream, {minimum} are wanted.", null);
    }

    // Certainly no copy to fail over to: what is merely not readable is not broken.
    private static bool IsBroken(ReplicaLink link, DiagnosisContext context)
    {
        if (link.Replica.IsAbsent && !link.Replica.Postgres.State.IsKnown)
            return true;
        var wal = context.WalOf(link.Replica.Name);
        return wal?.Status == WalAvailabilityStatus.Diverged || wal?.IsAvailable == false || context.ObservedOf(link.Replica.Name)?.AheadAt is not null
            || ReplicaStreamRule.BrokenUpstream(link, context) is not null
            || (context.IsStreaming(link) == false && ReplicaStreamRule.IsStill(link, context))
            || link.Replica.Postgres.State.Failure is Patroni.FailureKind.Unreachable;
    }

    private static Finding New(string id, FindingSeverity severity, DiagnosisContext context, string message, string? cause) => new()
    {
        Id = id,
        Severity = severity,
        Message = message,
        Cause = cause,
        NextCommand = context.Command("Test-WalAvailability"),
        Evidence = [.. context.Links.Select(l => new Evidence("replica", context.WalOf(l.Replica.Name)?.Status.ToString() ?? "unknown", l.Replica.Name))],
    };
}

using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>SendersExhausted: no walsender is free on a node from which a replica should stream and does not.</summary>
internal sealed class SendersRule : IDiagnosisRule
{
    public static bool? AreExhausted(MemberSnapshot? node) =>
        node?.Postgres.Senders.Value is { } senders && node.Postgres.Settings.Value?.MaximumWalSenders is { } maximum ? senders.Count >= maximum : null;

    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        var starved = context.StreamingCandidates.Where(l => context.IsStreaming(l) == false && l.Sender is null && AreExhausted(l.Upstream) == true).GroupBy(l => l.Upstream!);
        foreach (var group in starved)
            yield return new Finding
            {
                Id = "SendersExhausted",
                Member = group.Key.Name,
                Severity = FindingSeverity.Critical,
                Message = $"All {group.Key.Postgres.Settings.Value!.MaximumWalSenders} walsenders on {group.Key.Name} are in use; {string.Join(", ", group.Select(l => l.Replica.Name))} cannot connect.",
                Cause = "max_wal_senders is too small for replicas, receivers and base backups together.",
                NextCommand = context.Command("Get-PatroniReplication"),
                Evidence = [new("senders", string.Join(", ", group.Key.Postgres.Senders.Value!.Select(s => $"{s.ApplicationName} {s.State}")), $"{group.Key.Name} pg_stat_replication")],
            };
    }
}

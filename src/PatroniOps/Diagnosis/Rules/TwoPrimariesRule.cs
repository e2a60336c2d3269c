namespace PatroniOps.Diagnosis.Rules;

/// <summary>TwoPrimaries: more than one server of the cluster takes writes.</summary>
internal sealed class TwoPrimariesRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        var primaries = context.Snapshot.Members.Where(m => m.Postgres.State.Value?.IsInRecovery == false || (!m.Postgres.State.IsKnown && m.Patroni.Value?.IsLeader == true)).ToList();
        if (primaries.Count < 2)
            yield break;
        yield return new Finding
        {
            Id = "TwoPrimaries",
            Severity = FindingSeverity.Critical,
            Message = $"{string.Join(" and ", primaries.Select(p => p.Name))} both take writes: rows written to one of them will be lost.",
            Cause = "A PostgreSQL that Patroni does not control (started by hand, or left running by a killed Patroni), or a partition without a watchdog.",
            NextCommand = context.Command("Get-PatroniMember"),
            Evidence = [.. primaries.Select(p => new Evidence("position", $"{p.Position} on timeline {p.Timeline}", $"{p.Name} pg_current_wal_lsn"))],
        };
    }
}

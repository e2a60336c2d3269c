namespace PatroniOps.Diagnosis.Rules;

/// <summary>PendingRestart: changed parameters wait for a restart.</summary>
internal sealed class PendingRestartRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var member in context.Snapshot.Members)
        {
            if ((member.Patroni.Value?.HasPendingRestart ?? member.Listed?.HasPendingRestart) != true)
                continue;
            var reasons = member.Patroni.Value?.PendingRestartReasons ?? member.Listed?.PendingRestartReasons ?? [];
            var told = reasons.Count > 0 ? string.Join(", ", reasons) : "Patroni before 3.3 does not say for what";
            yield return new Finding
            {
                Id = "PendingRestart",
                Member = member.Name,
                Severity = FindingSeverity.Info,
                Message = $"{member.Name} waits for a restart: {told}.",
                NextCommand = context.Command("Restart-PatroniMember", member.Name, " -PendingOnly"),
                Evidence = [new("pending_restart", told, $"{member.Name} GET /patroni")],
            };
        }
    }
}

namespace PatroniOps.Diagnosis.Rules;

/// <summary>SwitchoverScheduled: the leader will change by plan.</summary>
internal sealed class SwitchoverScheduledRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (context.Snapshot.View.Value is not { ScheduledSwitchoverAt: { } at } view)
            yield break;
        yield return new Finding
        {
            Id = "SwitchoverScheduled",
            Severity = FindingSeverity.Info,
            Message = $"A switchover{(view.ScheduledSwitchoverTo is { } to ? $" to {to}" : "")} is scheduled for {at:u}.",
            Evidence = [new("scheduled_switchover", at.ToString("u"), "GET /cluster")],
        };
    }
}

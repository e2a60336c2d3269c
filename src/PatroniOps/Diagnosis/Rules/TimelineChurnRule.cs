namespace PatroniOps.Diagnosis.Rules;

/// <summary>TimelineChurn: the leader changes again and again.</summary>
internal sealed class TimelineChurnRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        var recent = context.Snapshot.History.Value?.Where(s => s.At is { } at && context.Snapshot.TakenAt - at < TimeSpan.FromHours(1)).ToList();
        if (recent is null || recent.Count < context.Thresholds.TimelinesAnHour)
            yield break;
        yield return new Finding
        {
            Id = "TimelineChurn",
            Severity = FindingSeverity.Warning,
            Message = $"{recent.Count} timelines within the last hour: the leader keeps changing.",
            Cause = "An unstable DCS or network, a ttl that is too short, or an overloaded leader.",
            NextCommand = context.Command("Get-PatroniHistory"),
            Evidence = [.. recent.Select(s => new Evidence($"timeline {s.Timeline} ended", $"{s.Position} at {s.At:u}: {s.Reason}", "GET /history"))],
        };
    }
}

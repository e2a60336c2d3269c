namespace PatroniOps.Diagnosis.Rules;

/// <summary>ClusterPaused: Patroni is in maintenance mode; a warning when it has been so for longer than a maintenance.</summary>
internal sealed class ClusterPausedRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (context.Snapshot.View.Value?.IsPaused != true)
            yield break;
        var since = context.Since(context.Snapshot.Observed.PausedSince) ?? TimeSpan.Zero;
        var isLong = since >= context.Thresholds.Paused;
        yield return new Finding
        {
            Id = "ClusterPaused",
            Severity = isLong ? FindingSeverity.Warning : FindingSeverity.Info,
            Message = $"The cluster is paused: Patroni neither fails over nor starts PostgreSQL{(since > TimeSpan.Zero ? $"; seen so for {since.TotalMinutes:0} min" : "")}.",
            NextCommand = isLong ? context.Command("Resume-PatroniCluster", rest: " -Wait") : null,
            Evidence = [new("pause", "true", "GET /cluster")],
        };
    }
}

using System.Management.Automation;
using PatroniOps.Diagnosis;

namespace PatroniOps.Commands;

/// <summary>Test-PatroniCluster: a verdict for each cluster and each of its members, with findings, evidence and the next command.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatroniCluster")]
[OutputType(typeof(ClusterVerdict), typeof(bool))]
public sealed class TestPatroniClusterCommand : SnapshotCmdlet
{
    private bool isAllHealthy = true;
    private bool isAnyJudged;

    /// <summary>The limits of judgement: an object of PatroniOps.Diagnosis.Thresholds, or a hashtable of the limits that differ from the defaults.</summary>
    [Parameter]
    [ThresholdsTransformation]
    public Thresholds Threshold { get; set; } = new();

    /// <summary>Returns one Boolean: true only if every cluster is Healthy.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachSnapshotAsync((snapshot, _) =>
    {
        var verdict = ClusterDiagnosis.Judge(snapshot, Threshold);
        isAnyJudged = true;
        isAllHealthy &= verdict.IsHealthy;
        if (!Quiet)
            Emit(verdict);
    }, cancellationToken);

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
            Emit(isAnyJudged && isAllHealthy);
        return Task.CompletedTask;
    }
}

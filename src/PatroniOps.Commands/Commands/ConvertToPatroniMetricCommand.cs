using System.Management.Automation;

namespace PatroniOps.Commands;

/// <summary>ConvertTo-PatroniMetric: clusters, archives and tests of backups in Prometheus' text format: one text for everything that comes in.</summary>
[Cmdlet(VerbsData.ConvertTo, "PatroniMetric")]
[OutputType(typeof(string))]
public sealed class ConvertToPatroniMetricCommand : MetricCmdlet
{
    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        Emit(Text());
        return Task.CompletedTask;
    }
}

using System.Management.Automation;
using System.Text;
using PatroniOps.Patroni;
using PatroniOps.Reporting;

namespace PatroniOps.Commands;

/// <summary>Export-PatroniMetric: what ConvertTo-PatroniMetric gives, as a file for node_exporter's textfile collector, which never sees a part of it.</summary>
[Cmdlet(VerbsData.Export, "PatroniMetric", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPatroniMetricCommand : MetricCmdlet
{
    /// <summary>The file, replaced as a whole. The collector reads those whose names end in .prom.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (!await ConfirmAsync($"Write metrics to {file}.", $"Write metrics to {file}?", "Export metrics").ConfigureAwait(false))
            return;
        if (!file.EndsWith(".prom", StringComparison.Ordinal))
            EmitWarning($"{file}: node_exporter's textfile collector reads only files whose names end in .prom.");
        try
        {
            await ReplacedFile.WriteAsync(file, Encoding.UTF8.GetBytes(Text()), cancellationToken).ConfigureAwait(false);
            Emit(new FileInfo(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            EmitError(Failure.Record(new PatroniOpsException(FailureKind.PermissionDenied, $"{file}: the metrics could not be written: {e.Message.TrimEnd('.')}.", e), file));
        }
    }
}

using System.Management.Automation;
using System.Text;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Reporting;
using PatroniOps.Reporting.Html;

namespace PatroniOps.Commands;

/// <summary>Export-PatroniReport: clusters as one HTML file that needs neither network nor script: verdict and findings, topology, WAL coverage, lag, slots, backups, advice.</summary>
[Cmdlet(VerbsData.Export, "PatroniReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPatroniReportCommand : SnapshotCmdlet
{
    private readonly object gate = new();
    private HtmlReport? report;

    /// <summary>The file, replaced as a whole.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The page's title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Patroni report";

    /// <summary>Backups from Get-PatroniBackup; each goes to its cluster by the system identifier.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public PatroniBackup[]? Backup { get; set; }

    /// <summary>The limits of judgement, as Test-PatroniCluster takes them.</summary>
    [Parameter]
    [ThresholdsTransformation]
    public Thresholds Threshold { get; set; } = new();

    private HtmlReport Report => report ??= new HtmlReport(Threshold);

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachSnapshotAsync((snapshot, _) =>
    {
        // Several clusters are read at the same time.
        lock (gate)
            Report.Add(snapshot);
    }, cancellationToken);

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Report.ClusterCount == 0)
        {
            EmitError(Failure.Record(FailureKind.NotConfigured, "There is no cluster to report on: none was read.", null));
            return;
        }
        var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (!await ConfirmAsync($"Write a report to {file}.", $"Write a report to {file}?", "Export a report").ConfigureAwait(false))
            return;
        foreach (var backup in Backup ?? [])
            Report.Add(backup);
        try
        {
            await ReplacedFile.WriteAsync(file, Encoding.UTF8.GetBytes(Report.ToHtml(Title, TimeProvider.System.GetUtcNow())), cancellationToken).ConfigureAwait(false);
            Emit(new FileInfo(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            EmitError(Failure.Record(new PatroniOpsException(FailureKind.PermissionDenied, $"{file}: the report could not be written: {e.Message.TrimEnd('.')}.", e), file));
        }
    }
}

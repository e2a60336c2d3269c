using System.Management.Automation;
using PatroniOps.Archives;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Reporting.Metrics;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that makes one text of metrics of everything that comes in: clusters, and what other cmdlets found.</summary>
public abstract class MetricCmdlet : SnapshotCmdlet
{
    private readonly MetricSet metrics = new();
    private int unread;

    // Not from the pipeline as elsewhere: the test of an archive has no cluster when no connection told of one.
    /// <inheritdoc/>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public override string[]? Cluster { get; set; }

    /// <summary>Objects of Get-WalArchiveStatus.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public WalArchiveStatus[]? ArchiveStatus { get; set; }

    /// <summary>Objects of Test-WalArchive.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public WalArchiveTest[]? ArchiveTest { get; set; }

    /// <summary>Objects of Test-PatroniBackup.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PatroniBackupTest[]? BackupTest { get; set; }

    /// <summary>Limits other than the defaults, as Test-PatroniCluster takes them.</summary>
    [Parameter]
    [ThresholdsTransformation]
    public Thresholds Threshold { get; set; } = new();

    /// <inheritdoc/>
    protected sealed override Task ProcessAsync(CancellationToken cancellationToken)
    {
        // An object that another cmdlet found tells its cluster's name, and is not meant to have the cluster read again.
        if (ArchiveStatus is null && ArchiveTest is null && BackupTest is null)
            return ForEachSnapshotAsync((snapshot, _) => Locked(() => ClusterMetrics.Add(metrics, snapshot, Threshold)), cancellationToken);
        foreach (var status in ArchiveStatus ?? [])
            ArchiveMetrics.Add(metrics, status);
        foreach (var test in ArchiveTest ?? [])
            ArchiveMetrics.Add(metrics, test);
        foreach (var test in BackupTest ?? [])
            BackupMetrics.Add(metrics, test);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected sealed override void OnUnread(string? cluster) => Locked(() =>
    {
        unread++;
        if (cluster is not null)
            ClusterMetrics.AddUnread(metrics, cluster);
    });

    /// <summary>Everything so far, in Prometheus' text format.</summary>
    protected string Text()
    {
        ClusterMetrics.AddUnread(metrics, unread);
        return metrics.ToText();
    }

    // Several clusters are read at the same time.
    private void Locked(Action action)
    {
        lock (metrics)
            action();
    }
}

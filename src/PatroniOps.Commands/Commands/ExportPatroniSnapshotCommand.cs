using System.Management.Automation;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Export-PatroniSnapshot: writes everything that is read of a cluster into a JSON file without secrets, to be judged anywhere.</summary>
[Cmdlet(VerbsData.Export, "PatroniSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPatroniSnapshotCommand : ClusterCmdlet
{
    /// <summary>The file, or a folder, in which each cluster gets a file of its own name and the time.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var snapshots = new List<ClusterSnapshot>();
        await ForEachSnapshotAsync((snapshot, _) =>
        {
            lock (snapshots)
                snapshots.Add(snapshot);
        }, cancellationToken).ConfigureAwait(false);
        var target = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        foreach (var snapshot in snapshots)
        {
            var file = Directory.Exists(target) ? System.IO.Path.Combine(target, FileName(snapshot)) : target;
            if (!await ConfirmAsync($"Write a snapshot of cluster {snapshot.Cluster} to {file}.", $"Write a snapshot of cluster {snapshot.Cluster} to {file}?", "Export a snapshot").ConfigureAwait(false))
                continue;
            try
            {
                await SnapshotFile.SaveAsync(snapshot, file, cancellationToken).ConfigureAwait(false);
                Emit(new FileInfo(file));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                EmitError(Failure.Record(new PatroniOpsException(FailureKind.PermissionDenied, $"{file}: the snapshot could not be written: {e.Message.TrimEnd('.')}.", e), snapshot.Cluster));
            }
        }
    }

    private static string FileName(ClusterSnapshot snapshot) =>
        $"{string.Concat(snapshot.Cluster.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '_'))}-{snapshot.TakenAt:yyyyMMdd'T'HHmmss'Z'}.json";
}

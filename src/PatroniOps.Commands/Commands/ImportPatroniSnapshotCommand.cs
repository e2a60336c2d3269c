using System.Management.Automation;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Import-PatroniSnapshot: reads snapshots from files and recordings, for -Snapshot of the observing and judging cmdlets.</summary>
[Cmdlet(VerbsData.Import, "PatroniSnapshot")]
[OutputType(typeof(ClusterSnapshot))]
public sealed class ImportPatroniSnapshotCommand : AsyncCmdlet
{
    /// <summary>Files of Export-PatroniSnapshot, recordings of Watch-PatroniCluster, or a cluster's folder of them; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Path)
        {
            IReadOnlyCollection<string> files;
            try
            {
                files = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
            }
            catch (ItemNotFoundException e)
            {
                EmitError(Failure.Record(new PatroniOpsException(FailureKind.NotConfigured, $"{path}: there is no such file.", e), path));
                continue;
            }
            foreach (var file in files.SelectMany(f => Directory.Exists(f) ? Recordings(f) : [f]))
                await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<string> Recordings(string folder)
    {
        var recordings = SnapshotRecorder.Recordings(folder);
        if (recordings.Count == 0)
            EmitError(Failure.Record(FailureKind.NotConfigured, $"{folder}: there is no recording of Watch-PatroniCluster in it.", folder));
        return recordings;
    }

    private async Task ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var snapshot in SnapshotFile.LoadAllAsync(file, cancellationToken).ConfigureAwait(false))
                Emit(snapshot);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, file));
        }
    }
}

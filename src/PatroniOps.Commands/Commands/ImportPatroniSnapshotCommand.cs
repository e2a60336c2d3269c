using System.Management.Automation;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Import-PatroniSnapshot: reads snapshots from files, for -Snapshot of the observing and judging cmdlets.</summary>
[Cmdlet(VerbsData.Import, "PatroniSnapshot")]
[OutputType(typeof(ClusterSnapshot))]
public sealed class ImportPatroniSnapshotCommand : AsyncCmdlet
{
    /// <summary>The files; wildcards are allowed.</summary>
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
            foreach (var file in files)
                await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            Emit(await SnapshotFile.LoadAsync(file, cancellationToken).ConfigureAwait(false));
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, file));
        }
    }
}

using System.Management.Automation;
using PatroniOps.Observing;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniCluster: each cluster in one object.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniCluster")]
[OutputType(typeof(PatroniCluster))]
public sealed class GetPatroniClusterCommand : SnapshotCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) =>
        ForEachSnapshotAsync((snapshot, _) => Emit(PatroniCluster.FromSnapshot(snapshot)), cancellationToken);
}

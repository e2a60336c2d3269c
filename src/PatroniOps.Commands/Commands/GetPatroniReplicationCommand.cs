using System.Management.Automation;
using PatroniOps.Observing;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniReplication: each edge of the replication graph with both of its ends.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniReplication")]
[OutputType(typeof(PatroniReplication))]
public sealed class GetPatroniReplicationCommand : SnapshotCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachSnapshotAsync((snapshot, _) =>
    {
        foreach (var item in PatroniReplication.FromSnapshot(snapshot))
            Emit(item);
    }, cancellationToken);
}

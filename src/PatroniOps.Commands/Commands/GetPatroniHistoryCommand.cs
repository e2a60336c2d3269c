using System.Management.Automation;
using PatroniOps.Observing;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniHistory: where each timeline of the cluster ended.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniHistory")]
[OutputType(typeof(PatroniHistoryEntry))]
public sealed class GetPatroniHistoryCommand : SnapshotCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachSnapshotAsync((snapshot, _) =>
    {
        foreach (var item in PatroniHistoryEntry.FromSnapshot(snapshot))
            Emit(item);
    }, cancellationToken);
}

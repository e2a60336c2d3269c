using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that observes or judges: a live cluster, or a recorded one.</summary>
public abstract class SnapshotCmdlet : ClusterCmdlet
{
    /// <summary>Snapshots from Import-PatroniSnapshot in place of a live cluster: nothing is asked of any server.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public ClusterSnapshot[]? Snapshot { get; set; }

    /// <inheritdoc/>
    protected override Task ForEachSnapshotAsync(Action<ClusterSnapshot, PatroniConnection?> action, CancellationToken cancellationToken)
    {
        if (Snapshot is not { Length: > 0 } recorded)
            return base.ForEachSnapshotAsync(action, cancellationToken);
        foreach (var snapshot in recorded)
            action(snapshot, null);
        return Task.CompletedTask;
    }
}

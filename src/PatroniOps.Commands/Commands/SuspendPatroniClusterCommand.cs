using System.Management.Automation;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>Suspend-PatroniCluster: pauses Patroni's management. Replication goes on; nobody fails over or starts PostgreSQL.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "PatroniCluster", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PatroniPause))]
public sealed class SuspendPatroniClusterCommand : PauseCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) =>
        SwitchAsync(isPaused: true, "Pause Patroni's management (no failover, no start of PostgreSQL until it is resumed)", cancellationToken);
}

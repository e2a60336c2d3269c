using System.Management.Automation;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>Resume-PatroniCluster: has Patroni manage the cluster again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "PatroniCluster", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PatroniPause))]
public sealed class ResumePatroniClusterCommand : PauseCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) =>
        SwitchAsync(isPaused: false, "Resume Patroni's management (it fails over and starts PostgreSQL again)", cancellationToken);
}

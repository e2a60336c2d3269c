using System.Management.Automation;
using PatroniOps.Observing;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniConfiguration: the dynamic configuration of each cluster, without secrets.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniConfiguration")]
[OutputType(typeof(PatroniConfiguration))]
public sealed class GetPatroniConfigurationCommand : SnapshotCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachSnapshotAsync((snapshot, _) =>
    {
        if (PatroniConfiguration.FromSnapshot(snapshot) is { } configuration)
            Emit(configuration);
    }, cancellationToken);
}

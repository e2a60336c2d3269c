using System.Management.Automation;
using PatroniOps.Recovery.Planning;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Get-ReplicaRecoveryPlan: all ways back for a replica, ranked, each with why it is possible or not. Changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "ReplicaRecoveryPlan")]
[OutputType(typeof(ReplicaRecoveryPlan))]
public sealed class GetReplicaRecoveryPlanCommand : RebuildCmdlet
{
    /// <summary>The replicas, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>A recorded cluster from Import-PatroniSnapshot: what needs the node is then not known.</summary>
    [Parameter]
    [ValidateNotNull]
    public ClusterSnapshot? Snapshot { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (Snapshot is { } recorded)
        {
            foreach (var member in Member)
                await ReportAsync(member, () =>
                {
                    Emit(RecoveryPlanReader.Read(recorded, member));
                    return Task.CompletedTask;
                }).ConfigureAwait(false);
            return;
        }
        await ForEachConnectionAsync(string.Join(", ", Member), async connection =>
        {
            foreach (var member in Member)
                await ReportAsync(member, async () => Emit(await PlanAsync(connection, Request(member), cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }
}

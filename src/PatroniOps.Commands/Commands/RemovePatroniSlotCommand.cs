using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Slots;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Remove-PatroniSlot: drops a slot that nobody uses, after showing what it keeps. One that Patroni wants is dropped only with -Force.</summary>
[Cmdlet(VerbsCommon.Remove, "PatroniSlot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SlotRepair))]
public sealed class RemovePatroniSlotCommand : SlotCmdlet
{
    /// <summary>The slots, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SlotCompleter))]
    public string[] SlotName { get; set; } = [];

    /// <summary>The node that has them; the leader by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? Member { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(async connection =>
    {
        foreach (var name in SlotName)
            await RemoveAsync(connection, name, cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    private async Task RemoveAsync(PatroniConnection connection, string name, CancellationToken cancellationToken)
    {
        try
        {
            var (plan, _) = await PlanAsync(connection, name, cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, plan, async _ =>
            {
                // Time has passed at the prompt: what held before it must hold now.
                var (now, snapshot) = await PlanAsync(connection, name, cancellationToken).ConfigureAwait(false);
                return await Repairer(connection).RunAsync(now, snapshot, Timeout, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, name));
        }
    }

    private async Task<(SlotRepair Plan, ClusterSnapshot Snapshot)> PlanAsync(PatroniConnection connection, string name, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        return (SlotRemoval.Plan(name, Member, snapshot, Force), snapshot);
    }
}

using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Slots;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>
/// Repair-PatroniSlot: makes slots that are missing, drops and makes anew those that are lost, and with -Force drops those that nobody needs. Tells
/// where a slot alone does not help its member. -WhatIf shows what would be done.
/// </summary>
[Cmdlet(VerbsDiagnostic.Repair, "PatroniSlot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SlotRepair))]
public sealed class RepairPatroniSlotCommand : SlotCmdlet
{
    /// <summary>Slots by name; wildcards are allowed. All that need repair by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SlotCompleter))]
    public string[]? SlotName { get; set; }

    /// <summary>Slots on these members, and slots for these members; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Member { get; set; }

    /// <summary>Keep slots that no rule wants: they are named in the cluster's configuration, so that Patroni does not drop them.</summary>
    [Parameter]
    public SwitchParameter Permanent { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(c => RepairAsync(c, cancellationToken), cancellationToken);

    private async Task RepairAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        SnapshotFailures.Report(snapshot, EmitError, EmitWarning);
        foreach (var repair in Wanted(snapshot))
        {
            if (repair.Action == SlotRepairAction.None)
                EmitError(Failure.Record(FailureKind.Refused, $"Slot {repair.SlotName} on {repair.Member} is not repaired: {repair.Reason}{(repair.NextCommand is { } next ? $" Go on with: {next}" : "")}", repair.SlotName));
            else if (repair.NeedsForce && !Force)
                EmitError(Failure.Record(FailureKind.Refused, $"Slot {repair.SlotName} on {repair.Member} is not dropped without -Force. {repair.Reason}", repair.SlotName));
            else
                await RunAsync(connection, repair, plan => RepairAsync(connection, plan, cancellationToken)).ConfigureAwait(false);
        }
    }

    // Time has passed at the prompt: what was to be done then must be what is to be done now.
    private async Task<SlotRepair> RepairAsync(PatroniConnection connection, SlotRepair plan, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        return SlotRepairJudge.Judge(snapshot, Permanent).FirstOrDefault(r => r.SlotName == plan.SlotName && r.Member == plan.Member && r.Action == plan.Action) is { } repair
            ? await Repairer(connection).RunAsync(repair, snapshot, Timeout, cancellationToken).ConfigureAwait(false)
            : throw new PatroniOpsException(FailureKind.Refused, $"Slot {plan.SlotName} on {plan.Member} is not any more as it was when it was shown. Nothing was changed.");
    }

    private IEnumerable<SlotRepair> Wanted(ClusterSnapshot snapshot)
    {
        var ofMember = MemberFilter(Member, snapshot);
        var named = SlotFilter(SlotName, snapshot);
        return SlotRepairJudge.Judge(snapshot, Permanent)
            .Where(r => (ofMember(r.Member) || (r.ForMember is { } member && ofMember(member))) && named(r.SlotName));
    }
}

using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Slots;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that makes or drops slots.</summary>
public abstract class SlotCmdlet : SteeringCmdlet
{
    /// <summary>A role with the REPLICATION attribute; without it the connection's own is tried.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ReplicationCredential { get; set; }

    /// <summary>How long to wait until the member that needs the slot streams through it; one minute by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Drop also what nobody needs to have asked for: what an orphan or misplaced slot keeps is shown first.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected SlotRepairer Repairer(PatroniConnection connection) => new(connection, ReplicationCredential?.GetNetworkCredential());

    /// <summary>Asks, does it, and gives the outcome; what was not seen in time is an error.</summary>
    private protected async Task RunAsync(PatroniConnection connection, SlotRepair repair, Func<SlotRepair, Task<SlotRepair>> run)
    {
        var plan = $"{repair.Action} slot {repair.SlotName} on {repair.Member} of cluster {connection.Cluster}: {repair.Command}. {repair.Reason}";
        if (!await ConfirmAsync(plan, $"{plan}{Environment.NewLine}Go on?", "Replication slot").ConfigureAwait(false))
            return;
        try
        {
            var done = await run(repair).ConfigureAwait(false);
            Emit(done);
            if (!done.IsDone)
                EmitError(Failure.Record(FailureKind.Timeout, $"Slot {done.SlotName} on {done.Member}: {done.Action} was called, but its effect was not seen within {Timeout.TotalSeconds:0} s.", done.SlotName));
            else if (done is { DoesItHelp: true, IsActive: not true, Action: SlotRepairAction.Create or SlotRepairAction.Recreate })
                EmitError(Failure.Record(FailureKind.Timeout, $"Slot {done.SlotName} on {done.Member} is there, but {done.ForMember} did not stream through it within {Timeout.TotalSeconds:0} s. Run Test-WalAvailability.", done.SlotName));
            if (done.DoesItHelp == false)
                EmitWarning($"{done.Reason}{(done.NextCommand is { } next ? $" Go on with: {next}" : "")}");
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, repair.SlotName));
        }
    }
}

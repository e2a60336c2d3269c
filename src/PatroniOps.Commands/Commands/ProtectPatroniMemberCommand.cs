using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Protection;
using PatroniOps.Retention;

namespace PatroniOps.Commands;

/// <summary>
/// Protect-PatroniMember: before a member goes down, makes its slot permanent in the cluster's configuration, so that Patroni keeps it and with it the
/// WAL, and says go or no-go. Nothing lets it go by itself: when the time is over, or the slot keeps more than -MaximumBytes, the next
/// Protect-PatroniMember or Unprotect-PatroniMember on this machine does; run Unprotect-PatroniMember -Expired from a timer.
/// </summary>
[Cmdlet(VerbsSecurity.Protect, "PatroniMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PatroniProtection))]
public sealed class ProtectPatroniMemberCommand : ProtectionCmdlet
{
    /// <summary>The replicas that are to go down, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>For how long at most: 90m, 2h.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Duration]
    public TimeSpan For { get; set; }

    /// <summary>Bytes of WAL that the slot may keep, such as 50GB; beyond it is let go. It is looked at when a call about protections is made, not all the time: max_slot_wal_keep_size alone holds at any moment.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaximumBytes { get; set; }

    /// <summary>Free bytes on the disks of pg_wal: a number for every node, or a hashtable by member. SQL does not tell it.</summary>
    [Parameter]
    [FreeDiskTransformation]
    public FreeDisk FreeDisk { get; set; } = FreeDisk.Unknown;

    /// <summary>Protect it although the answer is no-go.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(async connection =>
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        await LetGoEndedAsync(connection, snapshot, ended => EmitWarning(ended.Reason), cancellationToken).ConfigureAwait(false);
        foreach (var member in Member)
        {
            try
            {
                await ProtectAsync(connection, member, cancellationToken).ConfigureAwait(false);
            }
            catch (PatroniOpsException e)
            {
                EmitError(Failure.Record(e, member));
            }
        }
    }, cancellationToken);

    private async Task ProtectAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var protector = Protector(connection);
        var (answer, checks, snapshot) = await protector.JudgeAsync(new ProtectionRequest(member, For, MaximumBytes, FreeDisk), cancellationToken).ConfigureAwait(false);
        foreach (var check in checks)
            EmitVerbose(check.ToString());
        var isRefused = checks.Any(c => c.HasPassed == false || (c.HasPassed is null && c.IsEssential));
        // What Patroni cannot do no force makes it do.
        if (isRefused && (!Force || checks.Any(c => c is { IsEssential: true, HasPassed: not true })))
        {
            Emit(answer);
            EmitError(Failure.Record(FailureKind.Refused, $"{member} is not protected, nothing was changed: {answer.Reason}", member));
            return;
        }
        var plan = $"Keep slot {answer.SlotName} of {member} in cluster {connection.Cluster} until {answer.Until:yyyy-MM-dd HH:mm:ss}Z. {(answer.IsGo switch { true => "Go", false => "NO-GO", null => "Not all is known" })}: {answer.Reason}";
        if (!await ConfirmAsync(plan, $"{plan}{Environment.NewLine}Go on?", "Protection").ConfigureAwait(false))
            return;
        if (answer.IsGo != true)
            EmitWarning($"{member}: {answer.Reason}");
        Emit(await protector.ProtectAsync(answer, snapshot, cancellationToken).ConfigureAwait(false));
    }
}

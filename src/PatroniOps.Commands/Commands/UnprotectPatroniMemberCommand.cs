using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Protection;

namespace PatroniOps.Commands;

/// <summary>
/// Unprotect-PatroniMember: takes a member's slot out of the permanent ones. While the member is there, the slot stays, as Patroni's own; else Patroni
/// drops it. With -Expired, for a timer: lets go whatever has ended of what was protected from this machine.
/// </summary>
[Cmdlet(VerbsSecurity.Unprotect, "PatroniMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = MemberSet)]
[OutputType(typeof(PatroniProtection))]
public sealed class UnprotectPatroniMemberCommand : ProtectionCmdlet
{
    private const string MemberSet = "Member";
    private const string ExpiredSet = "Expired";

    /// <summary>The members, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = MemberSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>All whose time is over, or whose slot keeps more than its limit.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExpiredSet)]
    public SwitchParameter Expired { get; set; }

    /// <summary>Also a slot that another machine made permanent.</summary>
    [Parameter(ParameterSetName = MemberSet)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(async connection =>
    {
        foreach (var member in Member)
        {
            try
            {
                await UnprotectAsync(connection, member, cancellationToken).ConfigureAwait(false);
            }
            catch (PatroniOpsException e)
            {
                EmitError(Failure.Record(e, member));
            }
        }
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        await LetGoEndedAsync(connection, snapshot, Emit, cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    private async Task UnprotectAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var protector = Protector(connection);
        var record = protector.Find(member, await connection.CollectAsync(cancellationToken).ConfigureAwait(false), Force);
        if (await LetGoAsync(connection, protector, record, "it was asked for", cancellationToken).ConfigureAwait(false) is { } done)
            Emit(done);
    }
}

using System.Management.Automation;
using PatroniOps.Archives;
using PatroniOps.Connections;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>Approve-WalArchiveGap: acknowledges a known loss for a time, with a reason. The gap is still shown, and no longer an error.</summary>
[Cmdlet(VerbsLifecycle.Approve, "WalArchiveGap", SupportsShouldProcess = true)]
[OutputType(typeof(WalArchiveGapApproval))]
public sealed class ApproveWalArchiveGapCommand : AsyncCmdlet
{
    /// <summary>The first segment of the loss, such as Get-WalArchiveGap gives it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^[0-9A-F]{24}$")]
    public string First { get; set; } = "";

    /// <summary>The last segment of the loss. A gap that grows beyond it is an error again.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^[0-9A-F]{24}$")]
    public string Last { get; set; } = "";

    /// <summary>The database cluster whose WAL is lost.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^[0-9]{1,20}$")]
    public string SystemIdentifier { get; set; } = "";

    /// <summary>Why it is no alarm any more.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <summary>For how long; then it is an error again.</summary>
    [Parameter(Mandatory = true)]
    [Duration]
    public TimeSpan For { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var approval = new WalArchiveGapApproval(SystemIdentifier, First, Last, Reason, Environment.UserName, now, now + For);
        var text = $"Approve the loss of {First} to {Last} of the database cluster {SystemIdentifier} until {approval.ExpiresAt:u}";
        if (!await ConfirmAsync($"{text}.", $"{text}?", "Approve a gap").ConfigureAwait(false))
            return;
        try
        {
            new WalArchiveGapApprovals(StateFolder.Path).Add(approval);
            Emit(approval);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, First));
        }
    }
}

using System.Management.Automation;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>
/// Invoke-PatroniFailover: makes a member the leader, also when there is none that answers; done when it takes writes and the others follow it. What
/// a dead leader had committed and the candidate never got is lost.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "PatroniFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PatroniSwitchover))]
public sealed class InvokePatroniFailoverCommand : SwitchoverCmdlet
{
    /// <summary>The member that is to lead.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string Candidate { get; set; } = "";

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(
        connection => SwitchAsync(connection, new SwitchoverRequest { Candidate = Candidate, IsFailover = true, MaximumLag = MaximumLag }, cancellationToken),
        cancellationToken);
}

using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>
/// Invoke-PatroniSwitchover: gives a healthy cluster another leader, after checking that the candidate loses nothing; done when it takes writes and
/// the others follow it.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "PatroniSwitchover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Now")]
[OutputType(typeof(PatroniSwitchover))]
public sealed class InvokePatroniSwitchoverCommand : SwitchoverCmdlet
{
    /// <summary>The member that is to lead; by default the one that passes every check and lacks least.</summary>
    [Parameter(Position = 0, ParameterSetName = "Now")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? Candidate { get; set; }

    /// <summary>When, with its time zone (2026-03-01T02:00+01:00); without one the zone of this machine holds. Patroni does it then, if a candidate is still good.</summary>
    [Parameter(ParameterSetName = "Now")]
    public DateTimeOffset? At { get; set; }

    /// <summary>Takes a scheduled switchover back.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Cancel")]
    public SwitchParameter Cancel { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(
        connection => Cancel
            ? CancelAsync(connection, cancellationToken)
            : SwitchAsync(connection, new SwitchoverRequest { Candidate = Candidate, At = At, MaximumLag = MaximumLag }, cancellationToken),
        cancellationToken);

    private async Task CancelAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        var plan = $"Take back the switchover of cluster {connection.Cluster} that is scheduled for {ScheduledSwitchover.Of(snapshot):u}";
        if (await ConfirmAsync($"{plan}.", $"{plan}?", "Scheduled switchover").ConfigureAwait(false))
            Emit(await ScheduledSwitchover.CancelAsync(connection, snapshot, cancellationToken).ConfigureAwait(false));
    }
}

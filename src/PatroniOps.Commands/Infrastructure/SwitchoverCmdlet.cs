using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>What Invoke-PatroniSwitchover and Invoke-PatroniFailover share.</summary>
public abstract class SwitchoverCmdlet : SteeringCmdlet
{
    /// <summary>Bytes that the candidate may lack, such as 16MB; maximum_lag_on_failover of the configuration by default.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? MaximumLag { get; set; }

    /// <summary>How long to wait until the new leader takes writes and the others follow it; three minutes by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Checks, asks, checks again and does it.</summary>
    protected async Task SwitchAsync(PatroniConnection connection, SwitchoverRequest request, CancellationToken cancellationToken)
    {
        var (candidate, snapshot) = await CheckedAsync(connection, request, cancellationToken).ConfigureAwait(false);
        var plan = Switchover.Plan(request, candidate, snapshot);
        if (!await ConfirmAsync($"{plan}.", $"{plan}?", "Another leader").ConfigureAwait(false))
            return;
        // Time has passed at the prompt: what held before it must hold now, for the candidate that was named in it.
        (candidate, snapshot) = await CheckedAsync(connection, request with { Candidate = candidate }, cancellationToken).ConfigureAwait(false);
        var activity = $"{connection.Cluster}: {candidate} is to lead";
        var done = await new Switchover(connection, request, Timeout, phase => EmitProgress(new ProgressRecord(1, activity, phase))).RunAsync(candidate, snapshot, cancellationToken).ConfigureAwait(false);
        EmitProgress(new ProgressRecord(1, activity, "done") { RecordType = ProgressRecordType.Completed });
        Emit(done);
        if (done.Status == SwitchoverStatus.NotFollowed)
            EmitError(Failure.Record(FailureKind.Timeout,
                $"Cluster {done.Cluster}: {done.NewLeader} leads, but within {Timeout.TotalSeconds:0} s not every member followed it: {string.Join("; ", done.NotFollowing)}. Run Test-WalAvailability.", connection.Cluster));
        if (done.Status != SwitchoverStatus.Scheduled && done.NewLeader != candidate)
            EmitWarning($"{done.NewLeader} became leader, not {candidate}.");
    }

    private async Task<(string Candidate, ClusterSnapshot Snapshot)> CheckedAsync(PatroniConnection connection, SwitchoverRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        return (Switchover.Choose(request, snapshot, check => EmitVerbose(check.ToString())), snapshot);
    }
}

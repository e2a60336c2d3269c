using System.Management.Automation;
using PatroniOps.Patroni;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>What Suspend-PatroniCluster and Resume-PatroniCluster share.</summary>
public abstract class PauseCmdlet : SteeringCmdlet
{
    /// <summary>Wait until every member has noticed.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>With -Wait: how long; one minute by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Pauses, or resumes, each cluster.</summary>
    protected Task SwitchAsync(bool isPaused, string action, CancellationToken cancellationToken) => ForEachConnectionAsync(async connection =>
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        if (!await ConfirmAsync($"{action} of cluster {connection.Cluster}.", $"{action} of cluster {connection.Cluster}?", "Patroni's management").ConfigureAwait(false))
            return;
        var pause = await new PauseSwitch(connection).RunAsync(isPaused, snapshot, Wait ? Timeout : null, cancellationToken).ConfigureAwait(false);
        Emit(pause);
        if (Wait && pause.NotSeen.Count > 0)
            EmitError(Failure.Record(FailureKind.Timeout,
                $"Cluster {connection.Cluster} is {(isPaused ? "paused" : "resumed")}, but not every member has noticed within {Timeout.TotalSeconds:0} s: {string.Join("; ", pause.NotSeen)}.", connection.Cluster));
    }, cancellationToken);
}

using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Recovery;
using PatroniOps.Recovery.WalRescue;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Restore-ReplicaWal: brings a replica just the WAL that its upstream has recycled, without a rebuild and without a restart.</summary>
[Cmdlet(VerbsData.Restore, "ReplicaWal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ReplicaWalRestoreResult))]
public sealed class RestoreReplicaWalCommand : RebuildCmdlet
{
    /// <summary>The replicas, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>How long nothing may change before the rescue counts as stalled; 5 minutes by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(string.Join(", ", Member), async connection =>
    {
        foreach (var member in Member)
            await ReportAsync(member, () => RestoreAsync(connection, member, cancellationToken)).ConfigureAwait(false);
    }, cancellationToken);

    private async Task RestoreAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var snapshot = await CheckedAsync(connection, member, cancellationToken).ConfigureAwait(false);
        member = snapshot.Members.First(m => string.Equals(m.Name, member, StringComparison.OrdinalIgnoreCase)).Name;
        var node = await OpenNodeAsync(connection, member, cancellationToken).ConfigureAwait(false);
        var credential = ReplicationRole(node);
        if (!await AskAsync($"Bring the missing WAL to {member} of cluster {connection.Cluster}", ReplicaWalRestorer.Plan(node, snapshot)).ConfigureAwait(false))
            return;
        // Time has passed at the prompt: what held before it must hold now.
        snapshot = await CheckedAsync(connection, member, cancellationToken).ConfigureAwait(false);
        var activity = $"Bring WAL to {member}";
        var options = new WalRestoreOptions
        {
            StallTimeout = StallTimeout,
            Progress = p => Show(activity, new RebuildProgress(p.Phase, p.BytesDone, p.BytesTotal)),
            Step = s => EmitVerbose(s.ToString()),
        };
        Emit(await new ReplicaWalRestorer(connection, node, credential, options).RunAsync(snapshot, cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }

    private async Task<ClusterSnapshot> CheckedAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        Require(WalRestorePreflight.Check(member, snapshot), $"No WAL was brought to {member}");
        return snapshot;
    }
}

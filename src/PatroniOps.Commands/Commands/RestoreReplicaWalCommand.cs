using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.WalRescue;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Restore-ReplicaWal: brings a replica just the WAL that its upstream has recycled, without a rebuild and without a restart.</summary>
[Cmdlet(VerbsData.Restore, "ReplicaWal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ReplicaWalRestoreResult))]
public sealed class RestoreReplicaWalCommand : NodeCmdlet
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
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PatroniConnection> connections;
        try
        {
            connections = await ConnectionsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, string.Join(", ", Member)));
            return;
        }
        foreach (var connection in connections)
            foreach (var member in Member)
                await RestoreAsync(connection, member, cancellationToken).ConfigureAwait(false);
    }

    private async Task RestoreAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await CheckedAsync(connection, member, cancellationToken).ConfigureAwait(false);
            member = snapshot.Members.First(m => string.Equals(m.Name, member, StringComparison.OrdinalIgnoreCase)).Name;
            var node = await OpenNodeAsync(connection, member, cancellationToken).ConfigureAwait(false);
            var credential = ReplicationRole(node);
            var plan = string.Join(Environment.NewLine, ReplicaWalRestorer.Plan(node, snapshot).Select((step, index) => $"  {index + 1}. {step}"));
            if (!await ConfirmAsync(
                $"Bring the missing WAL to {member} of cluster {connection.Cluster}:{Environment.NewLine}{plan}",
                $"Bring the missing WAL to {member} of cluster {connection.Cluster}?{Environment.NewLine}{plan}",
                "Restore a replica's WAL").ConfigureAwait(false))
                return;
            // Time has passed at the prompt: what held before it must hold now.
            snapshot = await CheckedAsync(connection, member, cancellationToken).ConfigureAwait(false);
            var activity = $"Bring WAL to {member}";
            var options = new WalRestoreOptions
            {
                StallTimeout = StallTimeout,
                Progress = p => EmitProgress(Progress(activity, p)),
                Step = s => EmitVerbose(s.ToString()),
            };
            Emit(await new ReplicaWalRestorer(connection, node, credential, options).RunAsync(snapshot, cancellationToken).ConfigureAwait(false));
            EmitProgress(new ProgressRecord(1, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, member));
        }
    }

    private async Task<ClusterSnapshot> CheckedAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var checks = WalRestorePreflight.Check(member, snapshot);
        foreach (var check in checks)
            EmitVerbose(check.ToString());
        var failed = checks.Where(c => c.HasPassed != true).ToList();
        return failed.Count == 0 ? snapshot : throw new PatroniOpsException(FailureKind.Refused,
            $"No WAL was brought to {member}, nothing was changed: {string.Join("; ", failed.Select(c => c.HasPassed == false ? c.Text.TrimEnd('.') : $"not known: {c.Text.TrimEnd('.')}"))}.");
    }

    private static ProgressRecord Progress(string activity, WalRestoreProgress progress) => new(1, activity, progress.Phase)
    {
        PercentComplete = progress.BytesTotal > 0 ? (int)(progress.BytesDone * 100 / progress.BytesTotal) : -1,
        CurrentOperation = $"{progress.BytesDone >> 20} of {progress.BytesTotal >> 20} MiB",
    };
}

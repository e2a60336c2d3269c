using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Invoke-ReplicaRebuild: makes a replica's data anew, and is done only when the member streams again.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ReplicaRebuild", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ReplicaRebuildResult))]
public sealed class InvokeReplicaRebuildCommand : ClusterCmdlet
{
    /// <summary>The replicas to rebuild, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>How. Reinitialize is Patroni's own: it deletes the data first and cannot be undone.</summary>
    [Parameter]
    public ReplicaRebuildMethod Method { get; set; } = ReplicaRebuildMethod.Reinitialize;

    /// <summary>How long nothing may change before the rebuild counts as stalled; 10 minutes by default. A copy that moves is never stalled.</summary>
    [Parameter]
    [Duration]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(10);

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
                await RebuildAsync(connection, member, cancellationToken).ConfigureAwait(false);
    }

    private async Task RebuildAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await CheckedAsync(connection, member, cancellationToken).ConfigureAwait(false);
            var plan = string.Join(Environment.NewLine, Reinitializer.Plan(member, snapshot).Select((step, index) => $"  {index + 1}. {step}"));
            if (!await ConfirmAsync(
                $"{Method} {member} of cluster {connection.Cluster}:{Environment.NewLine}{plan}",
                $"{Method} {member} of cluster {connection.Cluster}?{Environment.NewLine}{plan}",
                "Rebuild a replica").ConfigureAwait(false))
                return;
            // Time has passed at the prompt: what held before it must hold now.
            snapshot = await CheckedAsync(connection, member, cancellationToken).ConfigureAwait(false);
            var activity = $"{Method} {member}";
            Emit(await new Reinitializer(connection, member, StallTimeout, p => EmitProgress(Progress(activity, p))).RunAsync(snapshot, cancellationToken).ConfigureAwait(false));
            EmitProgress(new ProgressRecord(1, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, member));
        }
    }

    // A fresh look each time, whatever the pipeline's objects said when they were made, and over new connections: the copy needs one.
    private async Task<ClusterSnapshot> CheckedAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var checks = ReinitializePreflight.Check(member, snapshot);
        foreach (var check in checks)
            EmitVerbose(check.ToString());
        var failed = checks.Where(c => c.HasPassed != true).ToList();
        return failed.Count == 0 ? snapshot : throw new PatroniOpsException(FailureKind.Refused,
            $"{member} is not rebuilt, nothing was changed: {string.Join("; ", failed.Select(c => c.HasPassed == false ? c.Text : $"not known: {c.Text}"))}.");
    }

    private static ProgressRecord Progress(string activity, RebuildProgress progress)
    {
        var record = new ProgressRecord(1, activity, progress.Phase);
        if (progress is { BytesDone: { } done, BytesTotal: > 0 and var total })
        {
            record.PercentComplete = (int)Math.Min(100, done * 100 / total);
            record.CurrentOperation = $"{done >> 20} of {total >> 20} MiB{(progress.BytesPerSecond is { } rate ? $", {rate / (1 << 20):0.0} MiB/s" : "")}";
            record.SecondsRemaining = progress.TimeLeft is { } left && left.TotalSeconds < int.MaxValue ? (int)left.TotalSeconds : -1;
        }
        return record;
    }
}

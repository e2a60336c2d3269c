using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Watching;

namespace PatroniOps.Commands;

/// <summary>Watch-PatroniCluster: looks at clusters again and again and gives an object for every change of a verdict or a finding; ends with Ctrl+C or -For.</summary>
[Cmdlet(VerbsCommon.Watch, "PatroniCluster")]
[OutputType(typeof(ClusterEvent))]
public sealed class WatchPatroniClusterCommand : SnapshotCmdlet
{
    private readonly List<WatchTarget> targets = [];

    // Members of a cluster from the pipeline all name the same connection.
    private readonly HashSet<PatroniConnection> watched = [];
    private readonly Dictionary<(string Cluster, string? SystemIdentifier), ClusterWatch> recorded = [];
    private readonly ClusterIdentities identities = new();
    private LookRecording? recording;
    private LiveScreen? screen;

    /// <summary>From one look at a cluster to the next; 15 seconds by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Interval { get; set; } = new WatchOptions().Interval;

    /// <summary>How long a finding must stay away to be closed, and a value be better to be called improved; by default half a minute, and two looks at least. What comes back within that time is the same event.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Settle { get; set; }

    /// <summary>Ends by itself after so long; without it it watches until it is stopped.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? For { get; set; }

    /// <summary>The limits of judgement, as Test-PatroniCluster takes them.</summary>
    [Parameter]
    [ThresholdsTransformation]
    public Thresholds Threshold { get; set; } = new();

    /// <summary>A folder that keeps every snapshot, compressed, each cluster in a folder of its own; Import-PatroniSnapshot reads them back.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Record { get; set; }

    /// <summary>Bytes that one cluster's recordings may have, such as 64MB, the default; the oldest go first.</summary>
    [Parameter]
    [ValidateRange(1 << 20, long.MaxValue)]
    public long RecordLimit { get; set; } = 64L << 20;

    /// <summary>A live view in the terminal in place of objects: topology with lag, WAL, slots, archiving, findings and the latest events.</summary>
    [Parameter]
    public SwitchParameter View { get; set; }

    private WatchOptions Options => new() { Interval = Interval, Settle = Settle, Duration = For, Thresholds = Threshold };

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (Snapshot is { Length: > 0 })
        {
            foreach (var snapshot in Snapshot)
                Replay(snapshot);
            return;
        }
        try
        {
            targets.AddRange(Connection is null && Uri is { Length: > 0 } seeds
                ? [new WatchTarget(string.Join(",", seeds.Select(s => s.OriginalString)), Opener(seeds))]
                : (await ConnectionsAsync(cancellationToken).ConfigureAwait(false)).Where(watched.Add).Select(c => new WatchTarget(c)));
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, Cluster is { Length: > 0 } ? string.Join(", ", Cluster) : null));
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
            return;
        if (Record is not null)
            recording = new LookRecording(SessionState.Path.GetUnresolvedProviderPathFromPSPath(Record), RecordLimit, EmitError);
        if (View && !LiveScreen.IsPossible(Host))
        {
            EmitError(Failure.Record(FailureKind.NotConfigured, "-View needs a terminal, and this host has none. Without it the events come as objects.", null));
            return;
        }
        screen = View ? new LiveScreen(Host, TimeProvider.System) : null;
        await new FleetWatcher(Options, TimeProvider.System).RunAsync(targets, TakeAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            screen?.Close();
            targets.ForEach(t => t.Dispose());
        }
        base.Dispose(disposing);
    }

    private async Task TakeAsync(ClusterLook look, CancellationToken cancellationToken)
    {
        if (screen is { } live)
        {
            live.See(look);
            OnPipeline(live.Draw);
        }
        else
            Tell(look);
        if (recording is not null && look.Snapshot is { } snapshot)
            await recording.AppendAsync(snapshot).ConfigureAwait(false);
    }

    // Two clusters may have one name: the system identifier tells them apart.
    private void Replay(ClusterSnapshot snapshot)
    {
        var key = identities.Of(snapshot);
        if (!recorded.TryGetValue(key, out var watch))
            recorded[key] = watch = new ClusterWatch(Options.EffectiveSettle, Threshold);
        Tell(watch.See(snapshot));
    }

    private void Tell(ClusterLook look)
    {
        foreach (var change in look.Events)
            Emit(change);
    }
}

using System.Globalization;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Wal;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>
/// Brings a waiting standby just the WAL that its upstream has recycled, oldest first, from whoever still has it, until it streams. Meanwhile all
/// of them are held to keep what is still needed.
/// </summary>
/// <param name="connection">The cluster.</param>
/// <param name="node">The member's node.</param>
/// <param name="credential">The replication role.</param>
/// <param name="options">Limits, and who hears of progress.</param>
public sealed class ReplicaWalRestorer(PatroniConnection connection, PatroniNode node, System.Net.NetworkCredential credential, WalRestoreOptions options)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly string member = node.Configuration.Name!;
    private readonly WalRestoreLog log = new(node.Configuration.Name!, connection.Time, options);

    /// <summary>What will be done, for a person.</summary>
    public static IReadOnlyList<string> Plan(PatroniNode node, ClusterSnapshot snapshot)
    {
        var view = WalRestoreView.Of(node.Configuration.Name!, snapshot)!;
        var missing = view.Missing;
        var asked = view.Target.Postgres.Settings.Value?.RestoreCommand is "" ? "" : " Its restore_command is asked for each one first; only what that has not is brought.";
        return
        [
            $"Take the lock {LockPath(node)} on {node.Node.Name}.",
            $"Have {string.Join(" and ", view.Holders.Select(h => h.Member.Name).Prepend(view.Upstream!.Name))} keep the WAL that is needed, each through a temporary slot of the replication role.",
            $"Compare the member's own WAL with the source's up to {view.Availability.NeededLsn}: with another history nothing is brought.",
            $"Bring {missing.Count} segments, {missing[0]} to {missing[^1]} ({(missing.Count * snapshot.WalSegmentSize) >> 20} MiB, and what is recycled until then), from {SourcesOf(view)}: each is verified and placed into {node.DataDirectory}/pg_wal, the oldest first. A file whose name is taken is kept in pg_wal/patroniops_kept.{asked}",
            $"Watch {view.Target.Name} until it streams from {view.Upstream.Name}. Its PostgreSQL is not restarted.",
        ];
    }

    /// <summary>Runs the whole rescue.</summary>
    /// <param name="before">A fresh snapshot that <see cref="WalRestorePreflight"/> has passed.</param>
    /// <param name="cancellationToken">Ends it between two segments or in one; what was placed stays.</param>
    /// <exception cref="PatroniOpsException">Refused, failed or stalled: the text says where it stopped. What was placed stays and does no harm.</exception>
    public async Task<ReplicaWalRestoreResult> RunAsync(ClusterSnapshot before, CancellationToken cancellationToken)
    {
        using var nodeLock = await NodeLock.TakeAsync(
            node.Node, LockPath(node), node.Owner, $"Restore-ReplicaWal on {Environment.MachineName} since {log.StartedAt:u}", cancellationToken).ConfigureAwait(false);
        using var replication = connection.ReplicationClient(credential);
        var pins = new WalPins(connection, replication, log.Step);
        await using (pins.ConfigureAwait(false))
        {
            var view = View(before);
            var placer = await PlacerAsync(view, cancellationToken).ConfigureAwait(false);
            var restore = new RestoreCommand(node, await RestoreCommandAsync(view, pins, cancellationToken).ConfigureAwait(false));
            var bringer = new WalBringer(connection, node, pins, placer, restore, Verifier(view), log);
            return Result(await UntilStreamingAsync(view, pins, bringer, nodeLock, cancellationToken).ConfigureAwait(false), placer);
        }
    }

    private static string LockPath(PatroniNode node) => node.DataDirectory + ".patroniops.lock";

    private static string SourcesOf(WalRestoreView view) => string.Join(", ",
        view.Availability.Sources.Where(s => s.Kind != WalSourceKind.Upstream && s.SegmentCount > 0).Select(s => s.Name));

    private async Task<WalRestoreView> UntilStreamingAsync(WalRestoreView view, WalPins pins, WalBringer bringer, NodeLock nodeLock, CancellationToken cancellationToken)
    {
        var lastChange = connection.Time.GetTimestamp();
        var before = (Segments: 0, view.Availability.NeededLsn);
        while (view.Availability.Status != WalAvailabilityStatus.Streaming)
        {
            nodeLock.Check();
            // In every round: a checkpoint that was already running takes WAL after the slot was made, and then more is missing.
            if (await pins.HoldAsync(view, cancellationToken).ConfigureAwait(false))
                await bringer.BringAsync(view, nodeLock, cancellationToken).ConfigureAwait(false);
            var now = (log.Segments.Count, view.Availability.NeededLsn);
            if (now != before)
                (lastChange, before) = (connection.Time.GetTimestamp(), now);
            log.Progress($"waits until {member} streams; it is at {now.NeededLsn}", 0);
            if (connection.Time.GetElapsedTime(lastChange) > options.StallTimeout)
                throw log.Stopped($"nothing has changed for {options.StallTimeout.TotalSeconds:0} s, and its PostgreSQL log says why. {view.Availability.Reason.TrimEnd('.')}");
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
            view = View(await connection.CollectAsync(cancellationToken).ConfigureAwait(false));
        }
        log.Step($"{member} streams from {view.Upstream?.Name} on timeline {view.Target.Timeline}, {view.Availability.LagBytes} bytes behind");
        return view;
    }

    private WalRestoreView View(ClusterSnapshot snapshot)
    {
        var view = WalRestoreView.Of(member, snapshot) ?? throw log.Stopped($"cluster {snapshot.Cluster} has no replica {member} any more");
        return view.Availability.Status == WalAvailabilityStatus.Diverged ? throw log.Stopped(view.Availability.Reason.TrimEnd('.')) : view;
    }

    private WalSegmentVerifier Verifier(WalRestoreView view) => new(
        ulong.TryParse(connection.SystemIdentifier, NumberStyles.None, CultureInfo.InvariantCulture, out var system) ? system : null,
        view.Target.Postgres.State.Value?.Version / 10000);

    // Like the files beside it: a cluster that its group may read has 750 and 640.
    private async Task<SegmentPlacer> PlacerAsync(WalRestoreView view, CancellationToken cancellationToken)
    {
        var directory = await node.Files.FindAsync(node.DataDirectory, cancellationToken).ConfigureAwait(false)
            ?? throw log.Stopped($"{node.Node.Name}: {node.DataDirectory} is not there");
        var status = view.Target.Postgres.Settings.Value!.Values["archive_mode"] == "always" ? "ready" : "done";
        var placer = new SegmentPlacer(node, log.StartedAt.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), status, directory.Mode == "750" ? "640" : "600");
        await placer.ClearAsync(cancellationToken).ConfigureAwait(false);
        return placer;
    }

    // The server's own word over the replication protocol: the observer's copy of the setting has its secrets taken out, and may be hidden from it.
    private static async Task<string> RestoreCommandAsync(WalRestoreView view, WalPins pins, CancellationToken cancellationToken)
    {
        if (view.Target.Postgres.Settings.Value?.RestoreCommand is "")
            return "";
        var server = pins.ServerOf(view.Target);
        var asked = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (asked.ConfigureAwait(false))
        {
            try
            {
                return await asked.Show("restore_command", cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (PhysicalReplication.IsExpected(e))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw server.Explain(e);
            }
        }
    }

    private ReplicaWalRestoreResult Result(WalRestoreView final, SegmentPlacer placer) => new()
    {
        ConnectionId = connection.ConnectionId,
        Cluster = connection.Cluster,
        Member = member,
        StartedAt = log.StartedAt,
        Duration = log.Duration,
        Segments = log.Segments,
        BytesMoved = log.BytesMoved,
        Sources = log.Sources,
        KeptPath = placer.HasKept ? placer.KeptDirectory : null,
        Timeline = final.Target.Timeline,
        Lsn = final.Target.Position,
        LagBytes = final.Availability.LagBytes,
        Steps = log.Steps,
    };
}

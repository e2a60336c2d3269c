using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Wal;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>Brings what one look says is missing, oldest first, after the member's history was proven to be the sources'.</summary>
internal sealed class WalBringer(PatroniConnection connection, PatroniNode node, WalPins pins, SegmentPlacer placer, RestoreCommand restore, WalSegmentVerifier verifier, WalRestoreLog log)
{
    // What the server itself may need while the segments lie there.
    private const int SegmentsLeftFree = 4;

    private readonly HashSet<string> handled = new(StringComparer.Ordinal);
    private (string Name, byte[] Content, string Source)? proven;

    /// <summary>Brings as many as there is room for.</summary>
    /// <exception cref="Patroni.PatroniOpsException">Another history, no good copy anywhere, a restore_command that brings a bad one, no room.</exception>
    public async Task BringAsync(WalRestoreView view, NodeLock nodeLock, CancellationToken cancellationToken)
    {
        var wanted = view.Missing.Where(s => !handled.Contains(s.Name)).ToList();
        if (wanted.Count == 0)
            return;
        var room = (await node.Files.FreeBytesAsync(placer.Directory, cancellationToken).ConfigureAwait(false) / wanted[0].Size) - SegmentsLeftFree;
        if (room <= 0 && handled.Count == 0)
            throw log.Stopped($"there is no room for WAL in {placer.Directory}");
        var finder = new SegmentFinder(Sources(view), verifier);
        await using (finder.ConfigureAwait(false))
        {
            try
            {
                if (proven is null)
                    await ProveAsync(view, finder, cancellationToken).ConfigureAwait(false);
                await HistoryFiles.BringAsync(pins.ServerOf(view.Upstream!), node, placer, wanted.Select(s => s.Timeline).Distinct(), log.Step, cancellationToken).ConfigureAwait(false);
                for (var at = 0; at < wanted.Count && at < room; at++)
                {
                    nodeLock.Check();
                    log.Progress($"brings {wanted[at]}", (wanted.Count - at) * wanted[at].Size);
                    await OneAsync(wanted[at], finder, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                log.BytesMoved += finder.BytesRead;
            }
        }
    }

    // An archive costs no server anything; the upstream comes last, for the comparison alone.
    private IReadOnlyList<IWalSegmentSource> Sources(WalRestoreView view) =>
    [
        .. view.Snapshot.Archives.Where(a => a.Ranges.IsKnown).Select(a => new ArchiveWalSource(a, connection.SystemIdentifier)),
        .. view.Holders.Select(h => h.Member).Append(view.Upstream!).Select(Source),
    ];

    private MemberWalSource Source(MemberSnapshot member) => new(pins.ServerOf(member));

    private async Task ProveAsync(WalRestoreView view, SegmentFinder finder, CancellationToken cancellationToken)
    {
        var position = view.Availability.NeededLsn!.Value;
        var segment = view.Need!.Needed.Segments(view.Snapshot.WalSegmentSize).First();
        var (content, source) = await finder.FindAsync(segment, cancellationToken).ConfigureAwait(false);
        if (content is null && (content = await RestoredAsync(segment, cancellationToken).ConfigureAwait(false)) is null)
            throw log.Stopped($"no source has a good copy of {segment} ({source})");
        await SameHistory.ProveAsync(node, position, view.Target.Timeline!.Value, segment, content, cancellationToken).ConfigureAwait(false);
        log.Step($"{segment} of {source} is the member's own up to {position}");
        proven = (segment.Name, content, source);
    }

    private async Task OneAsync(WalSegment segment, SegmentFinder finder, CancellationToken cancellationToken)
    {
        if (await RestoredAsync(segment, cancellationToken).ConfigureAwait(false) is not null)
        {
            handled.Add(segment.Name);
            log.Step($"{segment} is left to the member's restore_command, which has it");
            return;
        }
        var (content, source) = proven is { } known && known.Name == segment.Name ? (known.Content, known.Source) : await finder.FindAsync(segment, cancellationToken).ConfigureAwait(false);
        if (content is null)
            throw log.Stopped($"no source has a good copy of {segment} ({source})");
        await placer.PlaceAsync(segment.Name, content, cancellationToken).ConfigureAwait(false);
        handled.Add(segment.Name);
        log.Placed(segment.Name, source, segment.Size);
        log.Step($"{segment} placed, from {source}");
    }

    private async Task<byte[]?> RestoredAsync(WalSegment segment, CancellationToken cancellationToken)
    {
        if ((await restore.AskAsync(segment, cancellationToken).ConfigureAwait(false)).Content is not { } content)
            return null;
        return verifier.Verify(segment, content) is not { } problem ? content
            : throw log.Stopped($"the member's restore_command brings a damaged {segment} ({problem}); PostgreSQL would put it over a good one. Move the damaged file out of the archive first");
    }
}

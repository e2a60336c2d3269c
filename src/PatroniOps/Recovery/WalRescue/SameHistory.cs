using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>Proves that a member has replayed the same WAL that it is to be given: byte for byte up to its position.</summary>
internal static class SameHistory
{
    /// <param name="node">The member's node.</param>
    /// <param name="replayed">Where its replay stands.</param>
    /// <param name="timeline">The timeline that it follows.</param>
    /// <param name="segment">The segment that holds the position.</param>
    /// <param name="content">What a source has of it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PatroniOpsException">It differs, or it cannot be told.</exception>
    public static async Task ProveAsync(PatroniNode node, Lsn replayed, uint timeline, WalSegment segment, byte[] content, CancellationToken cancellationToken)
    {
        var length = (int)(replayed.Value % (ulong)segment.Size);
        if (length <= WalPageHeader.LongSize)
        {
            await ByChainAsync(node, timeline, segment, content, cancellationToken).ConfigureAwait(false);
            return;
        }
        var (own, name) = await OwnAsync(node, segment with { Timeline = timeline }, cancellationToken).ConfigureAwait(false);
        var differs = own.AsSpan(0, Math.Min(length, own.Length)).CommonPrefixLength(content);
        if (differs < length)
            throw Refused(node, $"its own {name} differs from the sources' at {segment.Start + differs}, before its position {replayed}: it has another history and must be rebuilt");
    }

    // At a segment's beginning there is nothing to compare: the source's first record must follow the member's own last one.
    private static async Task ByChainAsync(PatroniNode node, uint timeline, WalSegment segment, byte[] content, CancellationToken cancellationToken)
    {
        var previous = segment with { Number = segment.Number - 1, Timeline = Math.Min(timeline, segment.Timeline) };
        var (own, name) = await OwnAsync(node, previous, cancellationToken).ConfigureAwait(false);
        var verifier = new WalSegmentVerifier(null, null);
        if (verifier.Verify(previous, own) is { } damage)
            throw Refused(node, $"its own {name} is damaged, so its history cannot be compared: {damage}");
        if (verifier.Verify(segment, content) is { } problem)
            throw Refused(node, $"the sources' {segment.Name} does not follow its own {name}: {problem}: it has another history and must be rebuilt");
    }

    // The file can still bear the name of an older timeline.
    private static async Task<(byte[] Content, string Name)> OwnAsync(PatroniNode node, WalSegment segment, CancellationToken cancellationToken)
    {
        var directory = PathOf.Join(node.DataDirectory, "pg_wal");
        var names = await node.Files.ListAsync(directory, cancellationToken).ConfigureAwait(false);
        var newest = names.Select(n => WalSegment.TryParse(n, segment.Size, out var s) ? s : default)
            .Where(s => s.Number == segment.Number && s.Timeline > 0 && s.Timeline <= segment.Timeline).Cast<WalSegment?>().Max();
        return newest is { } found && await node.Files.ReadAsync(PathOf.Join(directory, found.Name), cancellationToken).ConfigureAwait(false) is { } own
            ? (own, found.Name)
            : throw Refused(node, $"its own {segment.Name}, in which its position lies, is not in its pg_wal, so its history cannot be compared");
    }

    private static PatroniOpsException Refused(PatroniNode node, string why) => new(FailureKind.Refused, $"{node.Configuration.Name}: {why}. Nothing was changed.");
}

using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>
/// Proves segments before they are used: size, version, database cluster, timeline and place of every page, sum and chain of every record,
/// also over the border between consecutive segments. It sees no damage in the unused rest behind a switch of segments.
/// </summary>
/// <param name="systemIdentifier">The database cluster; null: not compared.</param>
/// <param name="majorVersion">PostgreSQL's major version; null: not compared.</param>
public sealed class WalSegmentVerifier(ulong? systemIdentifier, int? majorVersion)
{
    private WalRecordChain chain;
    private WalSegment? last;

    /// <summary>Checks one segment; never throws for what the bytes are.</summary>
    /// <returns>Null when it is whole and follows the segment that was found good before; a bad one changes nothing, another copy can be tried.</returns>
    public WalProblem? Verify(WalSegment segment, ReadOnlySpan<byte> content)
    {
        var attempt = Follows(segment) ? chain : default;
        if (Walk(ref attempt, segment, content) is { } problem)
            return problem;
        (chain, last) = (attempt, segment);
        return null;
    }

    private bool Follows(WalSegment segment) => last is { } before && before.Number + 1 == segment.Number && before.Timeline <= segment.Timeline;

    private WalProblem? Walk(ref WalRecordChain attempt, WalSegment segment, ReadOnlySpan<byte> content)
    {
        var walk = new WalSegmentWalk(segment, systemIdentifier, majorVersion);
        return walk.Append(ref attempt, content) ?? walk.End();
    }
}

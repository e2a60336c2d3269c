using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>One segment as it is read piece by piece: what it is made of goes to the chain, and its length is counted.</summary>
/// <param name="segment">What the file's name says.</param>
/// <param name="systemIdentifier">The database cluster; null: not compared.</param>
/// <param name="majorVersion">PostgreSQL's major version; null: not compared.</param>
internal struct WalSegmentWalk(WalSegment segment, ulong? systemIdentifier, int? majorVersion)
{
    private WalSegmentFrame frame;

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>The next piece. All but the last must be of whole pages of any size, that is a multiple of 64 KiB.</summary>
    public WalProblem? Append(ref WalRecordChain chain, ReadOnlySpan<byte> piece)
    {
        var at = segment.Start + Length;
        if (Length == 0)
        {
            chain.Enter();
            if (piece.Length < WalPageHeader.LongSize)
                return null;
            if (WalSegmentFrame.Read(segment, piece, systemIdentifier, majorVersion, out frame) is { } problem)
                return problem;
        }
        var isTooLong = Length + piece.Length > segment.Size;
        Length += piece.Length;
        if (isTooLong)
            return new(segment.End, $"it has more bytes than the {segment.Size} of a segment");
        return frame.PageSize == 0 ? null : chain.Append(frame, piece[..(piece.Length / frame.PageSize * frame.PageSize)], at);
    }

    /// <summary>There is no more.</summary>
    public readonly WalProblem? End() => Length == segment.Size ? null : new(segment.Start + Length, $"it has {Length} bytes in place of {segment.Size}");
}

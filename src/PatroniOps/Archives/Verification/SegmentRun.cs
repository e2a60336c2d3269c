using PatroniOps.Postgres;

namespace PatroniOps.Archives.Verification;

/// <summary>A piece of a sequence that one worker reads from its beginning to its end.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="First">The index of the first segment.</param>
/// <param name="Count">How many segments.</param>
internal sealed record SegmentRun(SegmentSequence Sequence, long First, long Count)
{
    public IEnumerable<WalSegment> Segments
    {
        get
        {
            for (var i = First; i < First + Count; i++)
                yield return Sequence[i];
        }
    }

    /// <summary>The segment behind it, with which the last record may go on; null where WAL ends.</summary>
    public WalSegment? Next => First + Count < Sequence.Count ? Sequence[First + Count] : null;
}

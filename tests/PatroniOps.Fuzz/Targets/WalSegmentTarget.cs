using PatroniOps.Fuzz.Mutation;
using PatroniOps.Fuzz.Wal;
using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Fuzz.Targets;

/// <summary>
/// Whole segments, one after the other: a changed one is never intact. The input is the changes: which segment, and for each a place and what is put there.
/// </summary>
public sealed class WalSegmentTarget : IFuzzTarget
{
    private const int ChangeBytes = 4;

    // The second one begins within a record and ends with a switch: what lies behind that is checked by nobody.
    private readonly SampleWal wal = new SampleWal().Fill(2);
    private readonly (WalSegment Segment, byte[] Content)[] segments;
    private readonly byte[] buffer = new byte[SampleWal.SegmentSize];

    public WalSegmentTarget() => segments = [.. wal.Segments.Take(2)];

    public byte[] Make(FuzzRandom random)
    {
        var input = new List<byte> { (byte)random.Below(2) };
        for (var times = random.Below(4); times > 0; times--)
            input.AddRange([(byte)random.Next(), (byte)random.Next(), (byte)random.Next(), (byte)random.Pick([0, 1, 255, random.Below(256)])]);
        return [.. input];
    }

    public bool Read(byte[] input)
    {
        if (input.Length == 0)
            return false;
        var (segment, content) = segments[input[0] % 2];
        content.CopyTo(buffer, 0);
        var isCovered = false;
        for (var i = 1; i + ChangeBytes <= input.Length; i += ChangeBytes)
        {
            var at = (input[i] | (input[i + 1] << 8) | (input[i + 2] << 16)) % buffer.Length;
            buffer[at] = input[i + 3];
            isCovered |= buffer[at] != content[at] && wal.IsCovered(segment.Start + at);
        }
        isCovered = isCovered && Enumerable.Range(0, input.Length / ChangeBytes).Any(n => IsChanged(input, 1 + (n * ChangeBytes), segment, content));
        var verifier = new WalSegmentVerifier(SampleWal.System, 15);
        FuzzException.Require(segment == segments[0].Segment || verifier.Verify(segments[0].Segment, segments[0].Content) is null, "the segment before is good");
        var problem = verifier.Verify(segment, buffer);
        FuzzException.Require(problem is not null || !isCovered, "a change of a covered byte is not seen");
        FuzzException.Require(problem is null || (problem.At >= segments[0].Segment.Start && problem.At <= segment.End), $"a problem elsewhere: {problem}");
        return problem is null;
    }

    // Two changes of one byte may undo each other. What the last record of a segment has behind its end is the next segment's to check.
    private bool IsChanged(byte[] input, int i, WalSegment segment, byte[] content)
    {
        var at = (input[i] | (input[i + 1] << 8) | (input[i + 2] << 16)) % buffer.Length;
        var last = wal.Records.Last(r => r < segment.End);
        return buffer[at] != content[at] && wal.IsCovered(segment.Start + at) && segment.Start + at < last;
    }
}

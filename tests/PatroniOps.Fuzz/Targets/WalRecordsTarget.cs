using System.Buffers.Binary;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Fuzz.Wal;
using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Fuzz.Targets;

/// <summary>
/// The first pages of a segment, walked record by record: never found good when a byte that a check covers is another, and of one opinion whether they are
/// read at once or in pieces with a rest in between.
/// </summary>
public sealed class WalRecordsTarget : IFuzzTarget
{
    // Pieces but the last are of whole pages of any size.
    private const int Piece = 64 << 10;
    private const int MostPages = 24;

    // Before the content: whether a record was sealed after the change, and the timeline in the name.
    private const int HeadBytes = 2;

    private static readonly int[] Fields = [0, 4, 8, 16, 17, 18, 20];

    private readonly SampleWal wal = new SampleWal().Fill(1);
    private readonly (WalSegment Segment, byte[] Content) whole;
    private readonly int[] records;

    public WalRecordsTarget()
    {
        whole = wal.Segments[0];
        records = [.. wal.Records.Where(r => r < whole.Segment.End).Select(r => (int)(r.Value % SampleWal.SegmentSize)).Where(r => r < MostPages * SampleWal.PageSize)];
    }

    public byte[] Make(FuzzRandom random)
    {
        var pages = 1 + random.Below(MostPages);
        var content = whole.Content[..(pages * SampleWal.PageSize)];
        var isSealed = random.OneIn(2);
        for (var times = random.Below(4); times > 0; times--)
            Change(content, isSealed, random);
        if (random.OneIn(40))
            content = content[..random.Below(content.Length)];
        return [(byte)(isSealed ? 1 : 0), (byte)(random.OneIn(8) ? 2 : 1), .. content];
    }

    public bool Read(byte[] input)
    {
        if (input.Length < HeadBytes)
            return false;
        var content = input.AsSpan(HeadBytes);
        var segment = whole.Segment with { Timeline = input[1] };
        var (walk, chain) = (new WalSegmentWalk(segment, SampleWal.System, 15), default(WalRecordChain));
        var problem = walk.Append(ref chain, content);
        FuzzException.Require(problem is null || (problem.At >= segment.Start && problem.At <= segment.End), $"a problem outside of the segment: {problem}");
        FuzzException.Require($"{InPieces(segment, content)}" == $"{problem}", "in pieces it is another problem");
        if (problem is null && input is [0, 1, ..] && ChangedAt(content) is { } at)
            throw new FuzzException($"a change at {at} of a covered byte is not seen");
        return problem is null;
    }

    private void Change(byte[] content, bool isSealed, FuzzRandom random)
    {
        var record = random.Pick(records);
        if (record >= content.Length)
            return;
        switch (random.Below(6))
        {
            case 0:
                content[random.Below(content.Length)] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                PageHead(content, random);
                break;
            case 2:
                content.AsSpan(random.Below(content.Length)).Clear();
                break;
            case 3:
                content.AsSpan(0, content.Length / 2).CopyTo(content.AsSpan(random.Below(content.Length / 2)));
                break;
            default:
                RecordHead(content, record, random);
                break;
        }
        if (isSealed)
            WalSealer.Seal(content, record);
    }

    private static void PageHead(byte[] content, FuzzRandom random)
    {
        var page = random.Below(content.Length / SampleWal.PageSize) * SampleWal.PageSize;
        var (at, length) = random.Pick([(0, 2), (2, 2), (4, 4), (8, 8), (16, 4), (24, 8), (32, 4), (36, 4)]);
        foreach (ref var value in content.AsSpan(page + at, length))
            if (random.OneIn(2))
                value = (byte)random.Pick([0, 1, 2, 3, 4, 8, 9, 16, 255, random.Below(256)]);
    }

    private static void RecordHead(byte[] content, int record, FuzzRandom random)
    {
        var at = WalSealer.Place(record, random.Pick(Fields));
        if (at + sizeof(uint) > content.Length)
            return;
        if (random.OneIn(3))
            BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(at), (uint)random.Pick([0, 1, 23, 24, 25, 32, 4096, 8192, 65536, 1 << 20, int.MaxValue, -1, random.Below(20000)]));
        else
            content[at] = (byte)random.Pick([0, 0x40, 0xD0, 21, 22, 127, 128, 255, random.Below(256)]);
    }

    // With the chain put away and taken up again after each piece.
    private static WalProblem? InPieces(WalSegment segment, ReadOnlySpan<byte> content)
    {
        var (walk, chain) = (new WalSegmentWalk(segment, SampleWal.System, 15), default(WalRecordChain));
        for (var at = 0; at == 0 || at < content.Length; at += Piece)
        {
            if (walk.Append(ref chain, content[at..Math.Min(at + Piece, content.Length)]) is { } problem)
                return problem;
            if (chain.HasSwitched)
                return null;
            var tail = chain.Save();
            FuzzException.Require(tail.IsPlausible, $"{tail} cannot be gone on from");
            chain = WalRecordChain.Restore(tail);
        }
        return null;
    }

    // The first covered byte that is another, of a record that ends within the content or of a page's head before it. A record of the last page may have
    // been made longer than the content.
    private int? ChangedAt(ReadOnlySpan<byte> content)
    {
        var length = content.Length / SampleWal.PageSize * SampleWal.PageSize;
        var until = Math.Min(records.LastOrDefault(r => r < length), length - SampleWal.PageSize);
        for (var at = content.CommonPrefixLength(whole.Content); at < until; at++)
            if (content[at] != whole.Content[at] && wal.IsCovered(whole.Segment.Start + at))
                return at;
        return null;
    }
}

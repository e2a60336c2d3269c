using System.IO.Compression;
using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;
using PatroniOps.Archives;
using PatroniOps.Archives.Verification;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Fuzz.Wal;
using PatroniOps.Postgres;
using PatroniOps.Wal;
using ZstdSharp;

namespace PatroniOps.Fuzz.Targets;

/// <summary>A segment's file as it is stored, plain or compressed in any way, cut off, damaged or of another kind: read through the archive, whole and from its beginning.</summary>
public sealed class CompressedSegmentTarget : IFuzzTarget
{
    private const string Name = "000000010000000000000004";

    private readonly byte[][] seeds;

    // A whole segment, and more than one.
    private readonly byte[][] longSeeds;
    private readonly Dictionary<string, byte[]> files = [];
    private readonly SegmentReader reader;
    private readonly WalArchive archive;
    private readonly WalSegment segment = new(1, 4, SampleWal.SegmentSize);
    private bool isSlow;

    public CompressedSegmentTarget()
    {
        archive = WalArchive.Open(new MemoryStore("memory", files, bytes => isSlow ? new SlowStream(bytes) : new MemoryStream(bytes)), null, null);
        reader = new SegmentReader(archive, null, null);
        var wal = new SampleWal();
        for (var i = 0; i < 100; i++)
            wal.Record(i * 7 % 300);
        wal.Switch();
        var content = wal.Segments[0].Content;
        seeds = [content[..20000], .. Compressed(content[..30000]), [.. Compressed(content[..10000])[0], .. Compressed(content[10000..30000])[0]], [.. Compressed(content[..10000])[2], .. Compressed(content[10000..30000])[1]]];
        longSeeds = [.. Compressed(content), .. Compressed(new byte[20 << 20])];
    }

    // An LZ4 frame may ask for blocks of 4 MB.
    public long MostAllocated(int length) => (24 << 20) + (64L * length);

    public byte[] Make(FuzzRandom random)
    {
        var seed = random.Pick(random.OneIn(16) ? longSeeds : seeds);
        return random.Below(8) switch
        {
            0 => seed,
            1 => seed[..random.Below(seed.Length)],
            2 or 3 => Head(seed, random),
            _ => ByteMutator.Change(seed, random),
        };
    }

    public bool Read(byte[] input)
    {
        files[Name] = input;
        isSlow = input.Length % 2 == 1;
        var file = archive.Find(Name)!.Value;
        var chain = default(WalRecordChain);
        var whole = reader.Read(ref chain, segment, file, withSum: true, CancellationToken.None);
        FuzzException.Require(whole.Length <= 2 * segment.Size, $"{whole.Length} bytes were read");
        var beginning = default(WalRecordChain);
        var problem = reader.ReadOn(ref beginning, segment, file, out var isOpen);
        FuzzException.Require(whole.Problem is not null || (problem is null && !isOpen), "a good segment has a bad beginning");
        return whole.Problem is null;
    }

    // What says how the rest is to be read.
    private static byte[] Head(byte[] seed, FuzzRandom random)
    {
        var changed = (byte[])seed.Clone();
        for (var times = 1 + random.Below(3); times > 0; times--)
            changed[random.Below(Math.Min(24, changed.Length))] = (byte)random.Next();
        return changed;
    }

    private static byte[][] Compressed(byte[] content) =>
    [
        Packed(content, file => new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true)),
        Packed(content, file => LZ4Stream.Encode(file, LZ4Level.L00_FAST, leaveOpen: true)),
        Packed(content, file => LZ4Stream.Encode(file, new LZ4EncoderSettings { BlockSize = 64 << 10, ChainBlocks = true, ContentChecksum = true }, leaveOpen: true)),
        Packed(content, file => LZ4Stream.Encode(file, new LZ4EncoderSettings { BlockSize = 4 << 20, ChainBlocks = false, BlockChecksum = true }, leaveOpen: true)),
        Packed(content, file => new CompressionStream(file, leaveOpen: true)),
    ];

    private static byte[] Packed(byte[] content, Func<Stream, Stream> compress)
    {
        using var file = new MemoryStream();
        using (var stream = compress(file))
            stream.Write(content);
        return file.ToArray();
    }
}

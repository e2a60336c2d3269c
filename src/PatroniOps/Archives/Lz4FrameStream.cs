using System.Buffers;
using System.Buffers.Binary;
using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;
using K4os.Hash.xxHash;
using PatroniOps.Nodes;

namespace PatroniOps.Archives;

/// <summary>
/// Uncompresses the LZ4 frames that pgBackRest writes: small blocks, each of which refers to the ones before. Other frames are the library's own stream's;
/// this one copies less, and leaves out the frame's sum where whoever reads compares a better one.
/// </summary>
/// <remarks>Source: LZ4 frame format 1.6, https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md.</remarks>
internal sealed class Lz4FrameStream : ReadOnlyStream
{
    private const int HeadBytes = 7;
    private const byte Version = 0x40;
    private const byte IndependentBlocks = 0x20;
    private const byte ContentSum = 0x04;
    private const byte BlocksOf64K = 0x40;
    private const uint IsStored = 1u << 31;
    private const int BlockBytes = 64 << 10;

    // As far back as a block may refer.
    private const int WindowBytes = 64 << 10;
    private const int UnpackedBytes = WindowBytes + (4 * BlockBytes);

    private readonly Stream file;
    private readonly bool hasSum;
    private readonly XXH32? sum;
    private readonly byte[] packed = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private readonly byte[] unpacked = ArrayPool<byte>.Shared.Rent(UnpackedBytes);
    private bool isDisposed;
    private int taken;
    private int filled;
    private Stream? behind;

    private Lz4FrameStream(Stream file, byte flags, bool isSummed)
    {
        this.file = file;
        hasSum = (flags & ContentSum) != 0;
        sum = hasSum && !isSummed ? new XXH32() : null;
    }

    /// <summary>The uncompressed bytes of a file that begins with an LZ4 frame of any kind.</summary>
    /// <param name="file">The file from its beginning.</param>
    /// <param name="isSummed">Whoever reads compares a sum of all bytes, so that the frame's need not be.</param>
    public static Stream Decode(Stream file, bool isSummed)
    {
        var head = new byte[HeadBytes];
        var length = file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        return length == HeadBytes && (head[4] & ~(IndependentBlocks | ContentSum)) == Version && head[5] == BlocksOf64K && (byte)(XXH32.DigestOf(head.AsSpan(4, 2)) >> 8) == head[6]
            ? new Lz4FrameStream(file, head[4], isSummed)
            : LZ4Stream.Decode(new PrefixedStream(head.AsMemory(0, length), file));
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (taken == filled && behind is null && !Block())
            behind = Behind();
        if (behind is not null)
            return behind.Read(buffer);
        var length = Math.Min(buffer.Length, filled - taken);
        unpacked.AsSpan(taken, length).CopyTo(buffer);
        taken += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isDisposed)
        {
            isDisposed = true;
            file.Dispose();
            ArrayPool<byte>.Shared.Return(packed);
            ArrayPool<byte>.Shared.Return(unpacked);
        }
        base.Dispose(disposing);
    }

    // The next block that holds anything; false at the end of the frame.
    private bool Block()
    {
        if (filled + BlockBytes > UnpackedBytes)
        {
            unpacked.AsSpan(filled - WindowBytes, WindowBytes).CopyTo(unpacked);
            taken = filled = WindowBytes;
        }
        while (taken == filled)
        {
            var size = Number();
            if (size == 0)
                return false;
            filled += Unpack(size & ~IsStored, (size & IsStored) != 0);
        }
        sum?.Update(unpacked.AsSpan(taken, filled - taken));
        return true;
    }

    private int Unpack(uint size, bool isStored)
    {
        if (size > BlockBytes)
            throw new InvalidDataException($"it cannot be uncompressed: a block of {size} bytes");
        var block = packed.AsSpan(0, (int)size);
        file.ReadExactly(block);
        if (isStored)
        {
            block.CopyTo(unpacked.AsSpan(filled));
            return block.Length;
        }
        var window = Math.Min(filled, WindowBytes);
        var length = LZ4Codec.Decode(block, unpacked.AsSpan(filled, BlockBytes), unpacked.AsSpan(filled - window, window));
        return length >= 0 ? length : throw new InvalidDataException("it cannot be uncompressed: a block is damaged");
    }

    // The frame's sum, and whatever frames follow.
    private LZ4DecoderStream Behind()
    {
        if (hasSum && Number() is var expected && sum is not null && sum.Digest() != expected)
            throw new InvalidDataException("it cannot be uncompressed: the frame's sum is wrong");
        return LZ4Stream.Decode(file, leaveOpen: true);
    }

    private uint Number()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        file.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}

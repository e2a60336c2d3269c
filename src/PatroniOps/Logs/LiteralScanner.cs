using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace PatroniOps.Logs;

/// <summary>
/// Finds the first of many literals in bytes, sixteen positions at a time. Every literal is filed, by the four of its bytes that are rarest in
/// logs, into one of eight buckets; two table look-ups a byte tell which buckets can match at a position, and only those literals are compared,
/// after a hash of the four bytes has ruled out nearly all that are none.
/// </summary>
/// <remarks>
/// The algorithm is "Teddy" of Hyperscan (https://github.com/intel/hyperscan, src/fdr/teddy.c), as .NET 9 has it in SearchValues for strings of
/// characters; PowerShell 7.4 runs on .NET 8, and a log is bytes.
/// </remarks>
internal sealed class LiteralScanner
{
    private const int WindowLength = Literal.WindowLength, BucketCount = 8, HashBits = 13;

    private readonly Literal[][] buckets;
    private readonly bool[] windows = new bool[1 << HashBits];
    private readonly byte[][] low = Tables(), high = Tables();

    public LiteralScanner(IEnumerable<string> literals)
    {
        buckets = LiteralBuckets.Share(literals.Select(l => Literal.Of(Encoding.ASCII.GetBytes(l))), BucketCount);
        foreach (var literal in buckets.SelectMany(b => b))
            windows[Hash(literal.Window)] = true;
        for (var bucket = 0; bucket < BucketCount; bucket++)
            foreach (var literal in buckets[bucket])
                for (var i = 0; i < WindowLength; i++)
                {
                    var value = literal.Bytes[literal.Offset + i];
                    low[i][value & 15] |= (byte)(1 << bucket);
                    high[i][value >> 4] |= (byte)(1 << bucket);
                }
    }

    /// <summary>A position within the first literal found, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> text)
    {
        var start = 0;
        if (Ssse3.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            var found = Avx2.IsSupported ? Wide(text, ref start) : Narrow(text, ref start);
            if (found >= 0)
                return found;
        }
        for (var i = start; i <= text.Length - WindowLength; i++)
        {
            var mask = Mask(text[i..]);
            if (mask != 0 && Verify(text, i, mask))
                return i;
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Narrow(ReadOnlySpan<byte> text, ref int start)
    {
        Vector128<byte> l0 = Vector128.Create(low[0]), l1 = Vector128.Create(low[1]), l2 = Vector128.Create(low[2]), l3 = Vector128.Create(low[3]);
        Vector128<byte> h0 = Vector128.Create(high[0]), h1 = Vector128.Create(high[1]), h2 = Vector128.Create(high[2]), h3 = Vector128.Create(high[3]);
        ref var first = ref MemoryMarshal.GetReference(text);
        var last = text.Length - Vector128<byte>.Count - WindowLength + 1;
        var i = 0;
        for (; i <= last; i += Vector128<byte>.Count)
        {
            var hits = Lookup(Vector128.LoadUnsafe(ref first, (nuint)i), l0, h0)
                & Lookup(Vector128.LoadUnsafe(ref first, (nuint)i + 1), l1, h1)
                & Lookup(Vector128.LoadUnsafe(ref first, (nuint)i + 2), l2, h2)
                & Lookup(Vector128.LoadUnsafe(ref first, (nuint)i + 3), l3, h3);
            if (hits == Vector128<byte>.Zero)
                continue;
            for (var positions = ~Vector128.Equals(hits, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF; positions != 0; positions &= positions - 1)
            {
                var offset = BitOperations.TrailingZeroCount(positions);
                if (Verify(text, i + offset, hits.GetElement(offset)))
                    return i + offset;
            }
        }
        start = i;
        return -1;
    }

    // The same, thirty-two positions at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Wide(ReadOnlySpan<byte> text, ref int start)
    {
        Vector256<byte> l0 = Twice(low[0]), l1 = Twice(low[1]), l2 = Twice(low[2]), l3 = Twice(low[3]);
        Vector256<byte> h0 = Twice(high[0]), h1 = Twice(high[1]), h2 = Twice(high[2]), h3 = Twice(high[3]);
        ref var first = ref MemoryMarshal.GetReference(text);
        var last = text.Length - Vector256<byte>.Count - WindowLength + 1;
        var i = 0;
        for (; i <= last; i += Vector256<byte>.Count)
        {
            var hits = Lookup(Vector256.LoadUnsafe(ref first, (nuint)i), l0, h0)
                & Lookup(Vector256.LoadUnsafe(ref first, (nuint)i + 1), l1, h1)
                & Lookup(Vector256.LoadUnsafe(ref first, (nuint)i + 2), l2, h2)
                & Lookup(Vector256.LoadUnsafe(ref first, (nuint)i + 3), l3, h3);
            if (hits == Vector256<byte>.Zero)
                continue;
            for (var positions = ~Vector256.Equals(hits, Vector256<byte>.Zero).ExtractMostSignificantBits(); positions != 0; positions &= positions - 1)
            {
                var offset = BitOperations.TrailingZeroCount(positions);
                if (Verify(text, i + offset, hits.GetElement(offset)))
                    return i + offset;
            }
        }
        start = i;
        return -1;
    }

    private static Vector256<byte> Twice(byte[] table) => Vector256.Create(Vector128.Create(table), Vector128.Create(table));

    private static Vector256<byte> Lookup(Vector256<byte> value, Vector256<byte> low, Vector256<byte> high)
    {
        var nibble = Vector256.Create((byte)15);
        return Avx2.Shuffle(low, value & nibble) & Avx2.Shuffle(high, Vector256.ShiftRightLogical(value.AsUInt16(), 4).AsByte() & nibble);
    }

    private static Vector128<byte> Lookup(Vector128<byte> value, Vector128<byte> low, Vector128<byte> high)
    {
        var nibble = Vector128.Create((byte)15);
        return Shuffle(low, value & nibble) & Shuffle(high, Vector128.ShiftRightLogical(value.AsUInt16(), 4).AsByte() & nibble);
    }

    private static Vector128<byte> Shuffle(Vector128<byte> table, Vector128<byte> indexes) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, indexes) : AdvSimd.Arm64.VectorTableLookup(table, indexes);

    private byte Mask(ReadOnlySpan<byte> text)
    {
        var mask = 0xFF;
        for (var i = 0; i < WindowLength; i++)
            mask &= low[i][text[i] & 15] & high[i][text[i] >> 4];
        return (byte)mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Verify(ReadOnlySpan<byte> text, int position, int mask)
    {
        var window = MemoryMarshal.Read<uint>(text[position..]);
        if (!windows[Hash(window)])
            return false;
        for (; mask != 0; mask &= mask - 1)
            foreach (var literal in buckets[BitOperations.TrailingZeroCount(mask)])
                if (literal.Window == window && position >= literal.Offset && text[(position - literal.Offset)..].StartsWith(literal.Bytes))
                    return true;
        return false;
    }

    private static byte[][] Tables() => [new byte[16], new byte[16], new byte[16], new byte[16]];

    private static uint Hash(uint window) => (window * 2654435769u) >> (32 - HashBits);
}

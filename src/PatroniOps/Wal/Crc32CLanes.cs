using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PatroniOps.Wal;

/// <summary>
/// CRC-32C of long pieces on x64. The processor's instruction takes three cycles and can begin one in each: three lanes side by side keep it busy, and a
/// carry-less multiplication by a power of x brings the first two to the end of the third.
/// </summary>
/// <remarks>Source: V. Gopal and others, Fast CRC Computation for iSCSI Polynomial Using CRC32 Instruction, Intel, 2011.</remarks>
internal static class Crc32CLanes
{
    private const int LaneBytes = 256;

    // Bits in reverse, as the instruction has them.
    private const uint Polynomial = 0x82F63B78;

    private static readonly Vector128<ulong> OverOneLane = Shift(LaneBytes);
    private static readonly Vector128<ulong> OverTwoLanes = Shift(2 * LaneBytes);

    /// <summary>Bytes of three lanes.</summary>
    public const int BlockBytes = 3 * LaneBytes;

    public static bool IsSupported => Sse42.X64.IsSupported && Pclmulqdq.IsSupported;

    /// <summary>Goes on with as many whole blocks as there are.</summary>
    /// <param name="crc">The sum so far.</param>
    /// <param name="bytes">What follows; afterwards what is left, less than a block.</param>
    public static uint Append(uint crc, ref ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length / BlockBytes * BlockBytes;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        for (var at = 0; at < length; at += BlockBytes)
            crc = Block(crc, ref Unsafe.Add(ref first, at));
        bytes = bytes[length..];
        return crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Block(uint crc, ref byte block)
    {
        const int Last = LaneBytes - sizeof(ulong);
        ulong first = crc, second = 0, third = 0;
        for (var at = 0; at < Last; at += sizeof(ulong))
        {
            first = Sse42.X64.Crc32(first, Word(ref block, at));
            second = Sse42.X64.Crc32(second, Word(ref block, at + LaneBytes));
            third = Sse42.X64.Crc32(third, Word(ref block, at + (2 * LaneBytes)));
        }
        first = Sse42.X64.Crc32(first, Word(ref block, Last));
        second = Sse42.X64.Crc32(second, Word(ref block, Last + LaneBytes));
        var moved = Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(first), OverTwoLanes, 0) ^ Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(second), OverOneLane, 0);
        // The third lane's last word reduces what was moved together with its own.
        return (uint)Sse42.X64.Crc32(third, Word(ref block, Last + (2 * LaneBytes)) ^ moved.ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte block, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref block, at));

    // The power of x that moves a sum over so many bytes: the product of two reversed numbers and the reduction bring 33 of its factors by themselves.
    private static Vector128<ulong> Shift(int bytes)
    {
        var power = 1u << 31;
        for (var i = 0; i < (8 * bytes) - 33; i++)
            power = (power >> 1) ^ ((power & 1) * Polynomial);
        return Vector128.CreateScalar((ulong)power);
    }
}

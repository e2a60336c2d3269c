using System.Buffers.Binary;
using System.Numerics;

namespace PatroniOps.Wal;

/// <summary>CRC-32C (Castagnoli), the sum of WAL records, in the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>The value to begin with.</summary>
    public const uint Initial = 0xFFFFFFFF;

    /// <summary>Goes on with more bytes.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Crc32CLanes.BlockBytes && Crc32CLanes.IsSupported)
            crc = Crc32CLanes.Append(crc, ref bytes);
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return crc;
    }

    /// <summary>The sum of all that was appended.</summary>
    public static uint End(uint crc) => ~crc;
}

using System.Buffers.Binary;
using System.Numerics;

namespace PatroniOps.Fuzz.Wal;

/// <summary>Gives a record that was changed the sum that it must have, so that what is checked behind the sum is reached.</summary>
public static class WalSealer
{
    private const int HeaderBytes = 24;
    private const int SummedBytes = 20;
    private const int PageHeader = 24;

    /// <summary>Seals the record that begins there, by its own length; nothing when it does not end within the content.</summary>
    /// <param name="content">The beginning of a segment.</param>
    /// <param name="at">The record's first byte.</param>
    public static void Seal(byte[] content, int at)
    {
        var length = Number(content, at);
        if (length < HeaderBytes || length > content.Length || Place(at, (int)length) > content.Length)
            return;
        var sum = uint.MaxValue;
        foreach (var offset in Enumerable.Range(HeaderBytes, (int)length - HeaderBytes).Concat(Enumerable.Range(0, SummedBytes)))
            sum = BitOperations.Crc32C(sum, content[Place(at, offset)]);
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, ~sum);
        for (var i = 0; i < bytes.Length; i++)
            content[Place(at, SummedBytes + i)] = bytes[i];
    }

    private static uint Number(byte[] content, int at) => at + sizeof(uint) <= content.Length ? BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(at)) : 0;

    /// <summary>Where a byte of a record lies, over the heads of the pages between.</summary>
    internal static int Place(int at, int offset)
    {
        while (at / SampleWal.PageSize != (at + offset) / SampleWal.PageSize)
        {
            offset -= SampleWal.PageSize - (at % SampleWal.PageSize);
            at = ((at / SampleWal.PageSize) + 1) * SampleWal.PageSize + PageHeader;
        }
        return at + offset;
    }
}

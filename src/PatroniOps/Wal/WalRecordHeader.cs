using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>The head of a WAL record, gathered byte by byte: a page's end can lie inside it.</summary>
/// <remarks>Source: PostgreSQL, src/include/access/xlogrecord.h, XLogRecord.</remarks>
[InlineArray(Size)]
internal struct WalRecordHeader
{
    public const int Size = 24;

    // Before the sum itself: the sum is over the record's data and then these.
    private const int SummedBytes = 20;
    private const byte XLogManager = 0;
    private const byte SwitchKind = 0x40;

    private byte first;

    public static Lsn Previous(ReadOnlySpan<byte> header) => new(BinaryPrimitives.ReadUInt64LittleEndian(header[8..]));

    public static bool HasSum(ReadOnlySpan<byte> header, uint dataSum) =>
        Crc32C.End(Crc32C.Append(dataSum, header[..SummedBytes])) == BinaryPrimitives.ReadUInt32LittleEndian(header[SummedBytes..]);

    /// <summary>XLOG_SWITCH: the rest of the segment is left empty.</summary>
    public static bool IsSwitch(ReadOnlySpan<byte> header) => header[17] == XLogManager && (header[16] & 0xF0) == SwitchKind;
}

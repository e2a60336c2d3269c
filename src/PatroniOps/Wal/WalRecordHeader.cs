using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>The head of a WAL record, gathered byte by byte where a page's end lies inside it.</summary>
/// <remarks>Source: PostgreSQL, src/include/access/xlogrecord.h, XLogRecord.</remarks>
[InlineArray(Size)]
internal struct WalRecordHeader
{
    public const int Size = 24;

    // Before the sum itself: the sum is over the record's data and then these.
    private const int SummedBytes = 20;
    private const byte XLogManager = 0;
    private const byte KindMask = 0xF0;
    private const byte SwitchKind = 0x40;
    private const byte OverwriteKind = 0xD0;
    private const byte LastBuiltInManager = 21;
    private const byte FirstCustomManager = 128;

    private byte first;

    public static uint Length(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header);

    public static Lsn Previous(ReadOnlySpan<byte> header) => new(BinaryPrimitives.ReadUInt64LittleEndian(header[8..]));

    /// <summary>A resource manager that PostgreSQL has, or whose number it leaves to extensions.</summary>
    public static bool HasKnownManager(ReadOnlySpan<byte> header) => header[17] is <= LastBuiltInManager or >= FirstCustomManager;

    public static bool HasSum(ReadOnlySpan<byte> header, uint dataSum) =>
        Crc32C.End(Crc32C.Append(dataSum, header[..SummedBytes])) == BinaryPrimitives.ReadUInt32LittleEndian(header[SummedBytes..]);

    /// <summary>XLOG_SWITCH: the rest of the segment is left empty.</summary>
    public static bool IsSwitch(ReadOnlySpan<byte> header) => header[17] == XLogManager && (header[16] & KindMask) == SwitchKind;

    /// <summary>XLOG_OVERWRITE_CONTRECORD: a record that was not finished before a crash is given up.</summary>
    public static bool IsOverwrite(ReadOnlySpan<byte> header) => header[17] == XLogManager && (header[16] & KindMask) == OverwriteKind;
}

using System.Buffers.Binary;
using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>The head of a WAL page.</summary>
/// <param name="Magic">Tells the major version, <see cref="WalMagic"/>.</param>
/// <param name="Flags">What the page begins with.</param>
/// <param name="Timeline">The timeline that wrote the page.</param>
/// <param name="Address">The position of the page's first byte; that of another segment in a recycled file.</param>
/// <param name="Remaining">Bytes that are left of the record that the page begins with.</param>
/// <remarks>Source: PostgreSQL, src/include/access/xlog_internal.h, XLogPageHeaderData. Little-endian.</remarks>
public readonly record struct WalPageHeader(ushort Magic, WalPageFlags Flags, uint Timeline, Lsn Address, uint Remaining)
{
    /// <summary>Bytes of a short header.</summary>
    public const int Size = 24;

    /// <summary>Bytes of the header on a segment's first page.</summary>
    public const int LongSize = 40;

    private const WalPageFlags Known = WalPageFlags.ContinuesRecord | WalPageFlags.LongHeader | WalPageFlags.BackupRemovable | WalPageFlags.OverwritesRecord;

    /// <summary>Bytes of this header, by its own flag.</summary>
    public int Length => Flags.HasFlag(WalPageFlags.LongHeader) ? LongSize : Size;

    /// <summary>No flag is set that PostgreSQL does not have.</summary>
    public bool HasKnownFlags => (Flags & ~Known) == 0;

    /// <summary>Reads the header at the beginning of the page; null when there are too few bytes.</summary>
    public static WalPageHeader? Read(ReadOnlySpan<byte> page) => page.Length < Size ? null : new WalPageHeader(
        BinaryPrimitives.ReadUInt16LittleEndian(page),
        (WalPageFlags)BinaryPrimitives.ReadUInt16LittleEndian(page[2..]),
        BinaryPrimitives.ReadUInt32LittleEndian(page[4..]),
        new Lsn(BinaryPrimitives.ReadUInt64LittleEndian(page[8..])),
        BinaryPrimitives.ReadUInt32LittleEndian(page[16..]));
}

namespace PatroniOps.Wal;

/// <summary>The number at the head of every WAL page, which changes with PostgreSQL's major version.</summary>
/// <remarks>Source: PostgreSQL, src/include/access/xlog_internal.h, XLOG_PAGE_MAGIC of each release.</remarks>
public static class WalMagic
{
    private static readonly Dictionary<ushort, int> Versions = new()
    {
        [0xD097] = 10, [0xD098] = 11, [0xD101] = 12, [0xD106] = 13, [0xD10D] = 14, [0xD110] = 15, [0xD113] = 16, [0xD116] = 17, [0xD118] = 18,
    };

    /// <summary>The major version that writes this number; null when none is known to.</summary>
    public static int? MajorVersion(ushort magic) => Versions.TryGetValue(magic, out var version) ? version : null;
}

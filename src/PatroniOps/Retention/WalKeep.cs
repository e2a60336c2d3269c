using PatroniOps.Advice;
using PatroniOps.Postgres;

namespace PatroniOps.Retention;

/// <summary>wal_keep_size, and wal_keep_segments as it was called before PostgreSQL 13.</summary>
internal static class WalKeep
{
    /// <summary>What is added to the measured need.</summary>
    public const double Headroom = 0.25;

    private const int NamedSize = 130000;
    private const long Megabyte = 1L << 20;
    private const long Largest = 1L << 50;

    public static string NameFor(int serverVersion) => serverVersion >= NamedSize ? "wal_keep_size" : "wal_keep_segments";

    /// <summary>Bytes; null when the setting was not read.</summary>
    public static long? Bytes(ServerSettings settings, int serverVersion, long segmentSize) =>
        settings.Number(NameFor(serverVersion)) is >= 0 and < 1L << 31 and var number ? number * (serverVersion >= NamedSize ? Megabyte : segmentSize) : null;

    /// <summary>The size for so long an outage, with headroom, in whole segments; null when the rate does not tell.</summary>
    public static long? SizeFor(WalRate rate, TimeSpan outage, long segmentSize)
    {
        if (rate.BytesIn(outage) is not { } need || need * (1 + Headroom) > Largest)
            return null;
        var segments = (long)Math.Ceiling(need * (1 + Headroom) / segmentSize);
        return Math.Max(segments, 1) * segmentSize;
    }

    /// <summary>The value as the server's version writes it.</summary>
    public static object ValueFor(long bytes, int serverVersion, long segmentSize) =>
        serverVersion >= NamedSize ? SettingText.Megabytes(bytes) : (bytes + segmentSize - 1) / segmentSize;
}

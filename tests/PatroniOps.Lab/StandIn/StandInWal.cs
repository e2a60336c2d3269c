namespace PatroniOps.Lab.StandIn;

/// <summary>Where the clusters stand in the WAL, always: timeline 1, segments of 16 MB.</summary>
internal static class StandInWal
{
    public const long SegmentSize = 16 << 20;

    /// <summary>The leader, and every replica that streams.</summary>
    public const long Tip = 0xA000100;

    /// <summary>What a stuck replica has received: the beginning of a segment, since its restart.</summary>
    public const long StuckReceived = 0x6000000;

    /// <summary>What a stuck replica has replayed.</summary>
    public const long StuckReplayed = 0x6000110;

    /// <summary>Where the slot that was made anew for a stuck replica begins.</summary>
    public const long Oldest = 0x9000000;

    public static string Lsn(long position) => $"{position >> 32:X}/{position & 0xFFFFFFFF:X}";

    /// <summary>The name of the segment that a position is in.</summary>
    public static string Segment(long position) => $"00000001{position >> 32:X8}{(position & 0xFFFFFFFF) / SegmentSize:X8}";
}

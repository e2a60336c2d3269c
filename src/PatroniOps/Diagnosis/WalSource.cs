namespace PatroniOps.Diagnosis;

/// <summary>A place that may hold WAL.</summary>
public enum WalSourceKind : long
{
    /// <summary>The pg_wal of the node to stream from.</summary>
    Upstream,

    /// <summary>Another member's pg_wal.</summary>
    Member,

    /// <summary>A WAL archive.</summary>
    Archive,
}

/// <summary>Which part of the needed WAL one place has.</summary>
/// <param name="Kind">What sort of place.</param>
/// <param name="Name">The member's name or the archive's location.</param>
/// <param name="First">The oldest needed segment that it has; null when it has none.</param>
/// <param name="Last">The newest.</param>
/// <param name="SegmentCount">How many of the needed segments it has; null when it was not read.</param>
/// <param name="Unknown">Why it was not read; null when it was.</param>
public sealed record WalSource(WalSourceKind Kind, string Name, string? First, string? Last, long? SegmentCount, string? Unknown)
{
    public override string ToString() => Unknown is not null
        ? $"{Name}: unknown"
        : SegmentCount is 0 ? $"{Name}: none" : $"{Name}: {First} .. {Last}";
}

namespace PatroniOps.Wal;

/// <summary>The flags of a WAL page, <c>xlp_info</c>.</summary>
/// <remarks>Source: PostgreSQL, src/include/access/xlog_internal.h.</remarks>
[Flags]
public enum WalPageFlags
{
    None = 0,

    /// <summary>The page begins with the rest of a record.</summary>
    ContinuesRecord = 1,

    /// <summary>The header is the long one of a segment's first page.</summary>
    LongHeader = 2,

    /// <summary>Backup blocks of this page's records may be left out.</summary>
    BackupRemovable = 4,

    /// <summary>A record that was never finished ended before this page and is given up.</summary>
    OverwritesRecord = 8,
}

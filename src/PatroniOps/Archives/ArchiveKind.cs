namespace PatroniOps.Archives;

/// <summary>A layout of WAL archives.</summary>
public enum ArchiveKind : long
{
    /// <summary>Not recognised, or not readable.</summary>
    Unknown,

    /// <summary>Segment files in one directory, as archive_command copied them.</summary>
    Directory,

    /// <summary>A pgBackRest repository.</summary>
    PgBackRest,

    /// <summary>The <c>wals</c> folder of a server in Barman's home.</summary>
    Barman,

    /// <summary>The <c>wal_005</c> folder of a WAL-G prefix.</summary>
    WalG,
}

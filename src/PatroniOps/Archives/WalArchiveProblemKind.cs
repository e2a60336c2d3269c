namespace PatroniOps.Archives;

/// <summary>A class of problems in an archive.</summary>
public enum WalArchiveProblemKind : long
{
    /// <summary>A page or record is not what it must be.</summary>
    Damaged,

    /// <summary>A file is too short or too long for a segment.</summary>
    Truncated,

    /// <summary>The bytes are not those whose sum is in the name.</summary>
    WrongSum,

    /// <summary>Files of the same segment differ.</summary>
    Duplicate,

    /// <summary>Several files hold the same segment; whether they differ was not looked at, or they do not.</summary>
    Repeated,

    /// <summary>It could not be read, so it is not known.</summary>
    Unreadable,

    /// <summary>It was written by another database cluster or version.</summary>
    OtherCluster,

    /// <summary>A timeline's history is not there: recovery cannot find the way to it, and continuity across its beginning is not known.</summary>
    HistoryMissing,

    /// <summary>A timeline's history cannot be understood.</summary>
    HistoryDamaged,

    /// <summary>A file that PostgreSQL does not archive.</summary>
    Foreign,
}

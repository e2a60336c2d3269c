namespace PatroniOps.Archives;

/// <summary>What a file of an archive is, by its name.</summary>
public enum ArchivedFileKind
{
    /// <summary>Nothing that PostgreSQL archives.</summary>
    Foreign,

    /// <summary>A whole segment.</summary>
    Segment,

    /// <summary>The beginning of a timeline's last segment; it never counts as the segment.</summary>
    Partial,

    /// <summary>The label of a base backup, which PostgreSQL archives when the backup ends.</summary>
    BackupLabel,

    /// <summary>The history of a timeline.</summary>
    History,
}

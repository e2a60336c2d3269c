namespace PatroniOps.Lab;

/// <summary>Where the lab's members archive their WAL.</summary>
public enum ArchiveKind
{
    /// <summary>archive_mode is off.</summary>
    None,

    /// <summary>A plain directory, filled by cp.</summary>
    Directory,

    /// <summary>A pgBackRest repository inside the lab.</summary>
    PgBackRest,
}

namespace PatroniOps.Observing;

/// <summary>How a member's WAL gets into the archive, as its server shows it. Whether it is really there only the archive shows.</summary>
public enum WalArchivingState : long
{
    /// <summary>What is needed to tell was not read.</summary>
    Unknown,

    /// <summary>archive_mode is off.</summary>
    Off,

    /// <summary>It archives when it leads: a standby with archive_mode = on.</summary>
    Standby,

    /// <summary>archive_mode is on, and there is neither an archive_command nor an archive_library: WAL piles up.</summary>
    NotConfigured,

    /// <summary>It gets on with it.</summary>
    Archiving,

    /// <summary>The latest attempt failed.</summary>
    Failing,

    /// <summary>Nothing fails, and a segment waits for longer than it should: the command hangs, or is too slow.</summary>
    Stuck,
}

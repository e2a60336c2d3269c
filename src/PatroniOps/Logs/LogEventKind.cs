namespace PatroniOps.Logs;

/// <summary>What a log message tells, whichever program, version or format wrote it.</summary>
/// <remarks>Sources: PostgreSQL 12 to 18, src/backend (walsender.c, walreceiver.c, slot.c, pgarch.c, xlogrecovery.c, postmaster.c); Patroni 2.1 to 4.1, ha.py, rewind.py, slots.py, bootstrap.py.</remarks>
public enum LogEventKind : long
{
    /// <summary>A replication slot was asked for that is not there.</summary>
    SlotDoesNotExist,

    /// <summary>A slot cannot be taken: another process streams from it.</summary>
    SlotInUse,

    /// <summary>A slot lost WAL that its consumer needs, because it held back more than allowed.</summary>
    SlotInvalidated,

    /// <summary>Patroni dropped a slot.</summary>
    SlotDropped,

    /// <summary>The slot of an absent member has outlived its time to live.</summary>
    SlotExpired,

    /// <summary>Patroni could not create a slot.</summary>
    SlotCreationFailed,

    /// <summary>Patroni could not drop a slot.</summary>
    SlotDropFailed,

    /// <summary>max_replication_slots is reached.</summary>
    AllSlotsInUse,

    /// <summary>max_wal_senders is reached.</summary>
    SendersExhausted,

    /// <summary>A segment that a replica needs is no longer on the server it asks.</summary>
    WalSegmentRemoved,

    /// <summary>Recovery waits for WAL at a position.</summary>
    WaitingForWal,

    /// <summary>A replica began to stream.</summary>
    StreamingStarted,

    /// <summary>The primary ended replication in good order: a shutdown or the end of a timeline.</summary>
    StreamingEnded,

    /// <summary>The WAL receiver ended with an error that no other kind explains.</summary>
    WalReceiverFailed,

    /// <summary>A replica does not reach its primary.</summary>
    PrimaryUnreachable,

    /// <summary>User, password or pg_hba.conf refused a connection.</summary>
    AuthenticationFailed,

    /// <summary>A replica asks for a timeline, or a point on one, that the server's history does not have.</summary>
    TimelineNotInHistory,

    /// <summary>The new timeline left the old one before the point that this replica has replayed: it has diverged.</summary>
    TimelineForkedBefore,

    /// <summary>Recovery follows another timeline.</summary>
    TimelineChanged,

    /// <summary>A replica asks for WAL beyond what the server has: it is ahead of its primary.</summary>
    StartingPointAhead,

    /// <summary>Two servers have diverged, as pg_rewind found.</summary>
    Diverged,

    /// <summary>A WAL record does not continue the one before it, or is damaged.</summary>
    WalRecordInvalid,

    /// <summary>archive_command failed.</summary>
    ArchiveCommandFailed,

    /// <summary>The archiver gave a segment up for now.</summary>
    ArchivingSuspended,

    /// <summary>A segment or history file came from the archive.</summary>
    WalRestored,

    /// <summary>Data of one cluster meets a server of another.</summary>
    SystemIdentifierDiffers,

    /// <summary>PostgreSQL was told to promote.</summary>
    PromoteRequested,

    /// <summary>A member became the primary.</summary>
    Promoted,

    /// <summary>A member gave up being the primary.</summary>
    Demoted,

    /// <summary>Somebody asked for a switchover or a failover.</summary>
    SwitchoverRequested,

    /// <summary>The leader lock could not be had, kept or renewed.</summary>
    LeaderLockFailed,

    /// <summary>The distributed configuration store does not answer.</summary>
    DcsUnreachable,

    /// <summary>A member begins to make its data.</summary>
    BootstrapStarted,

    /// <summary>A member has made its data.</summary>
    BootstrapFinished,

    /// <summary>Making the data failed.</summary>
    BootstrapFailed,

    /// <summary>A member is made anew.</summary>
    Reinitializing,

    /// <summary>Patroni removed or renamed a data directory.</summary>
    DataDirectoryRemoved,

    /// <summary>pg_rewind begins.</summary>
    RewindStarted,

    /// <summary>pg_rewind succeeded.</summary>
    RewindFinished,

    /// <summary>pg_rewind failed or could not run.</summary>
    RewindFailed,

    /// <summary>Patroni runs crash recovery in a single-user server.</summary>
    CrashRecovery,

    /// <summary>PostgreSQL starts.</summary>
    PostgresStarted,

    /// <summary>Recovery has reached a consistent state.</summary>
    RecoveryConsistent,

    /// <summary>PostgreSQL takes connections.</summary>
    PostgresReady,

    /// <summary>PostgreSQL was told to shut down.</summary>
    ShutdownRequested,

    /// <summary>PostgreSQL is shut down.</summary>
    PostgresStopped,

    /// <summary>Patroni finds PostgreSQL not running.</summary>
    PostgresNotRunning,

    /// <summary>A server process died, or the server had not been shut down.</summary>
    PostgresCrashed,

    /// <summary>A file system is full.</summary>
    DiskFull,

    /// <summary>The file's messages are not English: what its format does not tell by SQLSTATE or structure is not recognised.</summary>
    MessagesNotEnglish,
}

using static PatroniOps.Logs.LogEventKind;

namespace PatroniOps.Logs;

/// <summary>PostgreSQL's messages in English.</summary>
internal static class PostgresLogRules
{
    /// <summary>walsender.c, walreceiver.c, slot.c, auth.c.</summary>
    public static readonly LogRule[] Replication =
    [
        new(SlotDoesNotExist, "replication slot", "replication slot <SLOT> does not exist"),
        new(SlotInUse, "replication slot", "replication slot <SLOT> is active for PID"),
        new(SlotInvalidated, "invalidating ", "invalidating (obsolete replication )?slot <SLOT>( because its restart_lsn <LSN>)?"),
        new(SlotInvalidated, "replication slot", "terminating process [0-9]+ (because replication slot|to release replication slot) <SLOT>"),
        new(SlotInvalidated, "replication slot", "can no longer (get changes from|access) replication slot <SLOT>"),
        new(AllSlotsInUse, "all replication slots are in use", "all replication slots are in use"),
        new(SendersExhausted, "exceeds max_wal_senders", "number of requested standby connections exceeds max_wal_senders"),
        new(SendersExhausted, "max_wal_senders", "number of requested standby connections exceeds \"max_wal_senders\""),
        new(WalSegmentRemoved, "has already been removed", "requested WAL segment (pg_(wal|xlog)/)?<SEG> has already been removed"),
        new(StreamingStarted, "streaming WAL from primary", "started streaming WAL from primary at <LSN> on timeline <TLI>"),
        new(StreamingStarted, "restarted WAL streaming", "restarted WAL streaming at <LSN> on timeline <TLI>"),
        new(StreamingEnded, "replication terminated by primary", "replication terminated by primary server"),
        new(TimelineNotInHistory, "is not in this server's history", "requested starting point <LSN> on timeline <TLI> is not in this server's history"),
        new(TimelineNotInHistory, "is behind recovery timeline", "highest timeline <TLI> of the primary is behind recovery timeline"),
        new(TimelineNotInHistory, "is not a child of this server's history", "requested timeline <TLI> is not a child of this server's history"),
        new(TimelineNotInHistory, "does not contain minimum recovery point", "requested timeline <TLI> does not contain minimum recovery point <LSN>"),
        new(StartingPointAhead, "is ahead of the WAL flush position", "requested starting point <LSN> is ahead of the WAL flush position"),
        new(SystemIdentifierDiffers, "database system identifier differs", "database system identifier differs between the primary and standby"),
        new(SystemIdentifierDiffers, "from different database system", "WAL file is from different database system: WAL file database system identifier is (?<system>[0-9]+)"),
        new(AuthenticationFailed, "authentication failed for user", @"\w+ authentication failed for user"),
        new(AuthenticationFailed, "no pg_hba.conf entry for", "no pg_hba.conf entry for"),
        new(AuthenticationFailed, "pg_hba.conf rejects", "pg_hba.conf rejects"),
        new(PrimaryUnreachable, "could not connect to the primary server", "could not connect to the primary server"),
        new(WalReceiverFailed, "could not receive data from WAL stream", "could not receive data from WAL stream"),
        new(WalReceiverFailed, "could not start WAL streaming", "could not start WAL streaming"),
        new(WalReceiverFailed, "end-of-streaming message", "could not send end-of-streaming message to primary"),
        new(WalReceiverFailed, "terminating walreceiver due to timeout", "terminating walreceiver due to timeout"),
    ];

    /// <summary>xlogrecovery.c, xlogreader.c, pgarch.c.</summary>
    public static readonly LogRule[] Wal =
    [
        new(WaitingForWal, "waiting for WAL to become available", "waiting for WAL to become available at <LSN>"),
        new(TimelineForkedBefore, "forked off current database system timeline", "new timeline <TLI> forked off current database system timeline [0-9]+ before current recovery point <LSN>"),
        new(TimelineChanged, "new target timeline is", "new target timeline is <TLI>"),
        new(WalRecordInvalid, "with incorrect prev-link", "record with incorrect prev-link [0-9A-F/]+ at <LSN>"),
        new(WalRecordInvalid, "invalid resource manager ID", "invalid resource manager ID [0-9]+ at <LSN>"),
        new(WalRecordInvalid, "incorrect resource manager data checksum", "incorrect resource manager data checksum in record at <LSN>"),
        new(ArchiveCommandFailed, "archive command failed with exit code", "archive command failed with exit code"),
        new(ArchiveCommandFailed, "archive command was terminated by", "archive command was terminated by"),
        new(ArchivingSuspended, "failed too many times, will try again", "archiving (write-ahead|transaction) log file \"<SEG>[^\"]*\" failed too many times"),
        new(WalRestored, "restored log file", "restored log file \"(<SEG>|[0-9A-F]+\\.history)"),
    ];

    /// <summary>postmaster.c, xlog.c, fd.c.</summary>
    public static readonly LogRule[] Server =
    [
        new(PromoteRequested, "received promote request", "received promote request"),
        new(Promoted, "selected new timeline ID", "selected new timeline ID: <TLI>"),
        new(PostgresStarted, "starting PostgreSQL ", "starting PostgreSQL [0-9]"),
        new(RecoveryConsistent, "consistent recovery state reached", "consistent recovery state reached at <LSN>"),
        new(PostgresReady, "database system is ready to accept", "database system is ready to accept"),
        new(ShutdownRequested, " shutdown request", "received (smart|fast|immediate) shutdown request"),
        new(PostgresStopped, "database system is shut down", "database system is shut down"),
        new(PostgresCrashed, "was terminated by signal", "([a-z][a-z ]*|background worker \"[^\"]*\") \\(PID [0-9]+\\) was terminated by signal"),
        new(PostgresCrashed, "was not properly shut down", "database system was not properly shut down"),
        new(PostgresCrashed, "database system was interrupted", "database system was interrupted"),
        new(DiskFull, "No space left on device", "could not .*: No space left on device"),
    ];
}

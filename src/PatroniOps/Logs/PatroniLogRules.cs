using static PatroniOps.Logs.LogEventKind;

namespace PatroniOps.Logs;

/// <summary>Patroni's messages, which are never translated. Those of 2.1 differ from 4.1 in quoting.</summary>
internal static class PatroniLogRules
{
    /// <summary>slots.py.</summary>
    public static readonly LogRule[] Slots =
    [
        new(SlotDropped, "replication slot", "Dropped (unknown )?replication slot <SLOT>"),
        new(SlotInvalidated, "with wal_status=lost", "Trying to drop replication slot <SLOT> with wal_status=lost"),
        new(SlotExpired, "for absent cluster member", "Replication slot <SLOT> for absent cluster member is expired"),
        new(SlotCreationFailed, "replication slot", "Failed to create (physical|logical) replication slot <SLOT>"),
        new(SlotDropFailed, "replication slot", "(Failed|Unable) to drop replication slot <SLOT>"),
        new(SlotDoesNotExist, "does not exist on the primary", "Physical slot (?<slot>\\S+) does not exist on the primary"),
    ];

    /// <summary>ha.py, api.py.</summary>
    public static readonly LogRule[] Leadership =
    [
        new(Promoted, "promoted self to", "promoted self to (leader|a standby leader)"),
        new(Demoted, "emoting self", "[Dd]emoting self"),
        new(Demoted, "emoted self", "demoted self"),
        new(Demoted, "demoting myself", "(manual failover|switchover|failover): demoting myself"),
        new(SwitchoverRequested, "over request with", "received (switchover|failover) request with"),
        new(LeaderLockFailed, "not owner of the lease", "I am the leader but not owner of the lease"),
        new(LeaderLockFailed, "update leader lock", "(failed to update leader lock|not promoting because failed to update leader lock)"),
        new(LeaderLockFailed, "take out TTL lock", "Could not take out TTL lock"),
        new(LeaderLockFailed, "ost leader lock", "[Ll]ost leader lock"),
        new(DcsUnreachable, "communicating with DCS", "Error communicating with DCS"),
        new(DcsUnreachable, "DCS is not accessible", "(PAUSE: )?DCS is not accessible"),
        new(SystemIdentifierDiffers, "system ID mismatch", "system ID mismatch, node \\S+ belongs to a different cluster: (?<system>[0-9]+)"),
        new(SystemIdentifierDiffers, "system ID has changed", "system ID has changed while in paused mode"),
        new(PostgresNotRunning, " is not running", "(PAUSE: )?([Pp]ostgre(sql|SQL|s)|postmaster) is not running"),
        new(CrashRecovery, "crash recovery in a single user mode", "doing crash recovery in a single user mode(?! in progress)"),
    ];

    /// <summary>bootstrap.py, rewind.py and what ha.py says about them.</summary>
    public static readonly LogRule[] Data =
    [
        new(BootstrapStarted, "trying to bootstrap", "trying to bootstrap"),
        new(BootstrapFinished, "bootstrapped ", "bootstrapped "),
        new(BootstrapFinished, "replica has been created using", "replica has been created using"),
        new(BootstrapFinished, "initialized a new cluster", "initialized a new cluster"),
        new(BootstrapFailed, "failed to bootstrap", "failed to bootstrap"),
        new(BootstrapFailed, "Error when fetching backup", "Error when fetching backup"),
        new(BootstrapFailed, "Error creating replica", "Error creating replica using method"),
        new(BootstrapFailed, "Exception during custom bootstrap", "Exception during custom bootstrap"),
        new(Reinitializing, "einitializ", "(reinitializing due to diverged timelines|reinitialize in progress)"),
        new(DataDirectoryRemoved, "data directory", "(Removing data directory|renaming data directory to)"),
        new(RewindStarted, "running pg_rewind from", "running pg_rewind from (?!.* in progress)"),
        new(RewindFinished, "pg_rewind exit code", "pg_rewind exit code=0"),
        new(RewindFailed, "pg_rewind exit code", "pg_rewind exit code=-?[1-9]"),
        new(RewindFailed, "Failed to rewind", "Failed to rewind"),
        new(RewindFailed, "not run pg_rewind", "Can not run pg_rewind"),
        new(Diverged, "diverged at WAL location", " ?(std(out|err)=)?(pg_rewind: )?servers diverged at WAL location <LSN> on timeline <TLI>"),
    ];
}

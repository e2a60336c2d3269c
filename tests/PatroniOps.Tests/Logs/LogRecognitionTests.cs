using PatroniOps.Logs;
using static PatroniOps.Logs.LogEventKind;

namespace PatroniOps.Tests.Logs;

public sealed class LogRecognitionTests
{
    private const string Segment4 = "000000010000000000000004";

    public static TheoryData<LogEventKind, string, string?, string?, string?, uint?> PostgresLines => new()
    {
        { SlotDoesNotExist, "replicator@[unknown]/bar_psqldb04 ERROR:  replication slot \"bar_psqldb04\" does not exist", "bar_psqldb04", null, null, null },
        { SlotDoesNotExist, "FATAL:  could not start WAL streaming: ERROR:  replication slot \"bar_psqldb04\" does not exist", "bar_psqldb04", null, null, null },
        { SlotInUse, "FATAL:  could not start WAL streaming: ERROR:  replication slot \"b\" is active for PID 77", "b", null, null, null },
        { SlotInvalidated, "LOG:  invalidating slot \"bar_psqldb04\" because its restart_lsn 0/40000D8 exceeds max_slot_wal_keep_size", "bar_psqldb04", null, "0/40000D8", null },
        { SlotInvalidated, "LOG:  invalidating obsolete replication slot \"b\"", "b", null, null, null },
        { SlotInvalidated, "ERROR:  can no longer access replication slot \"b\"", "b", null, null, null },
        { AllSlotsInUse, "postgres@postgres/Patroni ERROR:  all replication slots are in use", null, null, null, null },
        { SendersExhausted, "replicator@[unknown]/[unknown] FATAL:  number of requested standby connections exceeds max_wal_senders (currently 2)", null, null, null, null },
        { SendersExhausted, "FATAL:  number of requested standby connections exceeds \"max_wal_senders\" (currently 2)", null, null, null, null },
        { WalSegmentRemoved, $"replicator@[unknown]/bar_psqldb04 ERROR:  requested WAL segment {Segment4} has already been removed", null, Segment4, null, 1 },
        { WalSegmentRemoved, $"FATAL:  could not receive data from WAL stream: ERROR:  requested WAL segment {Segment4} has already been removed", null, Segment4, null, 1 },
        { WaitingForWal, "LOG:  waiting for WAL to become available at 0/4000128", null, null, "0/4000128", null },
        { StreamingStarted, "LOG:  started streaming WAL from primary at 0/4000000 on timeline 2", null, null, "0/4000000", 2 },
        { StreamingStarted, "LOG:  restarted WAL streaming at 0/4000000 on timeline 1", null, null, "0/4000000", 1 },
        { StreamingEnded, "LOG:  replication terminated by primary server", null, null, null, null },
        { WalReceiverFailed, "FATAL:  could not receive data from WAL stream: server closed the connection unexpectedly", null, null, null, null },
        { PrimaryUnreachable, "FATAL:  could not connect to the primary server: connection to server at \"127.0.0.1\", port 55432 failed: Connection refused", null, null, null, null },
        { PrimaryUnreachable, "FATAL:  could not connect to the primary server: connection to server at \"127.0.0.1\", port 1 failed: FATAL:  the database system is starting up", null, null, null, null },
        { AuthenticationFailed, "FATAL:  could not connect to the primary server: connection to server at \"127.0.0.1\", port 1 failed: FATAL:  password authentication failed for user \"replicator\"", null, null, null, null },
        { TimelineNotInHistory, "FATAL:  could not start WAL streaming: ERROR:  requested starting point 0/7000000 on timeline 1 is not in this server's history", null, null, "0/7000000", 1 },
        { TimelineNotInHistory, "FATAL:  highest timeline 1 of the primary is behind recovery timeline 2", null, null, null, 1 },
        { TimelineForkedBefore, "LOG:  new timeline 2 forked off current database system timeline 1 before current recovery point 0/4337A00", null, null, "0/4337A00", 2 },
        { TimelineChanged, "LOG:  new target timeline is 2", null, null, null, 2 },
        { StartingPointAhead, "FATAL:  could not receive data from WAL stream: ERROR:  requested starting point 0/13000000 is ahead of the WAL flush position of this server 0/12093E70", null, null, "0/13000000", null },
        { WalRecordInvalid, "LOG:  record with incorrect prev-link 16000B00/0 at 0/6004B90", null, null, "0/6004B90", null },
        { WalRecordInvalid, "LOG:  invalid resource manager ID 47 at 0/6004B90", null, null, "0/6004B90", null },
        { ArchiveCommandFailed, $"LOG:  archive command failed with exit code 1\n2026-11-22 18:13:59.283 UTC [26564] DETAIL:  The failed archive command was: test ! -f /a/{Segment4}", null, Segment4, null, 1 },
        { ArchivingSuspended, $"WARNING:  archiving write-ahead log file \"{Segment4}\" failed too many times, will try again later", null, Segment4, null, 1 },
        { WalRestored, $"LOG:  restored log file \"{Segment4}\" from archive", null, Segment4, null, 1 },
        { PromoteRequested, "LOG:  received promote request", null, null, null, null },
        { Promoted, "LOG:  selected new timeline ID: 2", null, null, null, 2 },
        { PostgresStarted, "LOG:  starting PostgreSQL 15.18 (Debian 15.18-1) on x86_64-pc-linux-gnu", null, null, null, null },
        { RecoveryConsistent, "LOG:  consistent recovery state reached at 0/40000D8", null, null, "0/40000D8", null },
        { PostgresReady, "LOG:  database system is ready to accept read-only connections", null, null, null, null },
        { ShutdownRequested, "LOG:  received fast shutdown request", null, null, null, null },
        { PostgresStopped, "LOG:  database system is shut down", null, null, null, null },
        { PostgresCrashed, "LOG:  server process (PID 77) was terminated by signal 9: Killed", null, null, null, null },
        { DiskFull, "PANIC:  could not write to file \"pg_wal/xlogtemp.77\": No space left on device", null, null, null, null },
    };

    [Theory]
    [MemberData(nameof(PostgresLines))]
    public void A_line_of_PostgreSQL_is_recognised(LogEventKind kind, string line, string? slot, string? segment, string? lsn, uint? timeline)
    {
        var found = LogText.Only($"2026-11-22 17:47:54.337 UTC [21201] {line}\n");

        Assert.Equal((kind, slot, segment, lsn, timeline), (found.Kind, found.SlotName, found.Segment, found.Lsn?.ToString(), found.Timeline));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 17, 47, 54, 337, TimeSpan.Zero), found.Time);
        Assert.True(found.TimeIsExact);
        Assert.Equal((LogFormat.PostgresStderr, 1L, 1L), (found.Format, found.LineNumber, found.Count));
    }

    public static TheoryData<LogEventKind, string, string?> PatroniLines => new()
    {
        { SlotDropped, "INFO: Dropped replication slot 'bar_psqldb04'", "bar_psqldb04" },
        { SlotDropped, "INFO: Dropped unknown replication slot 'bar_psqldb04'", "bar_psqldb04" },
        { SlotInvalidated, "INFO: Trying to drop replication slot 'bar_psqldb04' with wal_status=lost", "bar_psqldb04" },
        { SlotExpired, "INFO: Replication slot 'bar_psqldb04' for absent cluster member is expired after 60 sec.", "bar_psqldb04" },
        { SlotCreationFailed, "ERROR: Failed to create physical replication slot 'bar_psqldb04'", "bar_psqldb04" },
        { SlotDropFailed, "WARNING: Unable to drop replication slot 'b', slot is active", "b" },
        { SlotDoesNotExist, "WARNING: Physical slot b does not exist on the primary", "b" },
        { Promoted, "INFO: promoted self to leader by acquiring session lock", null },
        { Demoted, "INFO: Demoting self (immediate-nolock)", null },
        { Demoted, "INFO: demoting self because I do not have the lock and I was a leader", null },
        { Demoted, "INFO: manual failover: demoting myself", null },
        { SwitchoverRequested, "INFO: received switchover request with leader=bar_psqldb02 candidate=bar_psqldb03 scheduled_at=None", null },
        { LeaderLockFailed, "WARNING: I am the leader but not owner of the lease", null },
        { LeaderLockFailed, "INFO: Could not take out TTL lock", null },
        { DcsUnreachable, "ERROR: Error communicating with DCS", null },
        { PostgresNotRunning, "WARNING: Postgresql is not running.", null },
        { PostgresNotRunning, "INFO: PAUSE: postgres is not running", null },
        { CrashRecovery, "INFO: doing crash recovery in a single user mode", null },
        { BootstrapStarted, "INFO: trying to bootstrap from leader 'bar_psqldb02'", null },
        { BootstrapFinished, "INFO: bootstrapped from leader 'bar_psqldb02'", null },
        { BootstrapFinished, "INFO: replica has been created using basebackup", null },
        { BootstrapFailed, "ERROR: failed to bootstrap from leader 'bar_psqldb02'", null },
        { BootstrapFailed, "ERROR: Error when fetching backup: pg_basebackup exited with code=1", null },
        { Reinitializing, "INFO: reinitialize in progress", null },
        { Reinitializing, "INFO: reinitializing due to diverged timelines", null },
        { DataDirectoryRemoved, "INFO: Removing data directory: /data", null },
        { RewindStarted, "INFO: running pg_rewind from bar_psqldb04", null },
        { RewindFinished, "INFO: pg_rewind exit code=0", null },
        { RewindFailed, "INFO: pg_rewind exit code=1", null },
        { Diverged, "INFO:  stderr=pg_rewind: servers diverged at WAL location 0/4027B78 on timeline 1", null },
    };

    [Theory]
    [MemberData(nameof(PatroniLines))]
    public void A_line_of_Patroni_is_recognised(LogEventKind kind, string line, string? slot)
    {
        var found = LogText.Only($"2026-11-22 17:47:54,337 {line}\n");

        Assert.Equal((kind, slot, LogFormat.Patroni), (found.Kind, found.SlotName, found.Format));
        Assert.False(found.TimeIsExact);
        Assert.Equal("2026-11-22 17:47:54,337", found.TimeText);
    }

    [Fact]
    public void Every_kind_is_tested()
    {
        var tested = PostgresLines.Select(r => (LogEventKind)r[0]).Concat(PatroniLines.Select(r => (LogEventKind)r[0]));
        Assert.Equal([SystemIdentifierDiffers, MessagesNotEnglish], Enum.GetValues<LogEventKind>().Except(tested));
    }

    [Fact]
    public void A_foreign_system_identifier_is_told()
    {
        Assert.Equal("7711061794864712738", LogText.Only(
            "2026-11-22 17:47:54.337 UTC [1] FATAL:  database system identifier differs between the primary and standby\n"
            + "2026-11-22 17:47:54.337 UTC [1] DETAIL:  The primary's identifier is 7711061794864712738, the standby's identifier is 7711066143547521147.\n").SystemIdentifier);
        Assert.Equal((SystemIdentifierDiffers, "7711061794864712738"), LogText.Only(
            "2026-11-22 17:47:54,337 CRITICAL: system ID mismatch, node a belongs to a different cluster: 7711061794864712738 != 77\n") is var e ? (e.Kind, e.SystemIdentifier) : default);
    }

    [Theory]
    [InlineData("LOG:  statement: SELECT 'ERROR:  all replication slots are in use'")]
    [InlineData("STATEMENT:  SELECT 'archive command failed with exit code 1'")]
    [InlineData("ERROR:  relation \"replication slot \"\"x\"\" does not exist\" does not exist")]
    [InlineData("LOG:  checkpoint complete: wrote 5 buffers")]
    public void What_only_quotes_a_message_is_none(string line) => Assert.Empty(LogText.Events($"2026-11-22 17:47:54.337 UTC [1] a@b/c {line}\n"));

    [Fact]
    public void No_segment_is_of_timeline_0() => Assert.Null(LogText.Only("2026-11-22 17:47:54.337 UTC [1] ERROR:  requested WAL segment 000000000000000000000004 has already been removed\n").Timeline);

    [Fact]
    public void What_PostgreSQL_told_Patroni_counts() =>
        Assert.Equal(AllSlotsInUse, LogText.Only("psycopg2.errors.ConfigurationLimitExceeded: all replication slots are in use\n").Kind);

    [Fact]
    public void Secrets_and_control_characters_do_not_get_out()
    {
        var found = LogText.Only("2026-11-22 17:47:54.337 UTC [1] FATAL:  could not connect to the primary server: password=geheim \u001b[31m\n");
        Assert.DoesNotContain("geheim", found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', found.Message);
    }

    [Theory]
    [InlineData("2026-11-22 17:47:54.337 UTC", 0, true)]
    [InlineData("2026-11-22 17:47:54.337 +03", 3, true)]
    [InlineData("2026-11-22 17:47:54 -0530", -5.5, true)]
    [InlineData("2026-11-22 17:47:54 CET", 0, false)]
    public void Only_a_zone_that_says_what_it_is_counts(string time, double hours, bool isExact)
    {
        var found = LogText.Only($"{time} [1] LOG:  received promote request\n");
        Assert.Equal((TimeSpan.FromHours(hours), isExact), (found.Time!.Value.Offset, found.TimeIsExact));
    }

    [Fact]
    public void A_known_offset_makes_times_exact()
    {
        var found = Assert.Single(LogText.Events("2026-11-22 17:47:54,337 INFO: reinitialize in progress\n", new LogReadOptions { UtcOffset = TimeSpan.FromHours(1) }));
        Assert.Equal((true, 16), (found.TimeIsExact, found.Time!.Value.UtcDateTime.Hour));
    }

    [Theory]
    [InlineData("LOG:  received promote request", null)]
    [InlineData("1763833674.337 [77] db=x LOG:  received promote request", null)]
    [InlineData("Nov 22 17:47:54 host postgres[77]: [5-1] 2026-11-22 17:47:54 UTC LOG:  received promote request", "2026-11-22 17:47:54 UTC")]
    public void Any_line_prefix_will_do(string line, string? time) => Assert.Equal((PromoteRequested, time), LogText.Only(line) is var e ? (e.Kind, e.TimeText) : default);
}

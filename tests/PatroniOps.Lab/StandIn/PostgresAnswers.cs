using static PatroniOps.Lab.StandIn.StandInWal;

namespace PatroniOps.Lab.StandIn;

/// <summary>What a member's PostgreSQL 15 says to a query of the observing role: one row of one JSON text. A query is known by what it reads.</summary>
internal sealed class PostgresAnswers
{
    private const string Empty = "[]";

    private readonly StandInCluster cluster;
    private readonly StandInMember member;
    private readonly TimeProvider time;
    private readonly DateTimeOffset started;
    private readonly (string Source, Func<string> Answer)[] known;

    public PostgresAnswers(StandInCluster cluster, StandInMember member, TimeProvider time)
    {
        this.cluster = cluster;
        this.member = member;
        this.time = time;
        started = time.GetUtcNow().AddHours(-1);
        known =
        [
            ("pg_is_in_recovery", State),
            ("pg_control_system", Control),
            ("pg_stat_replication", Senders),
            ("pg_stat_wal_receiver", Receivers),
            ("pg_replication_slots", Slots),
            ("pg_ls_waldir", Wal),
            ("pg_stat_archiver", Archiver),
            ("pg_settings", Settings),
            ("backend_type", Backends),
            ("pg_ls_archive_statusdir", () => """{"ready": 0, "oldest": null}"""),
            ("pg_collation", () => """{"icu": "153.120", "libc": "2.36"}"""),
        ];
    }

    private bool Streams => !member.IsLeader && !member.IsStuck;

    /// <summary>The text; null when the stand-in does not know the query.</summary>
    public string? To(string sql) => Array.Find(known, k => sql.Contains(k.Source, StringComparison.Ordinal)).Answer?.Invoke();

    private string State()
    {
        var times = $"\"replay_timestamp\": null, \"postmaster_start_time\": \"{Stamp(started)}\", \"server_time\": \"{Now()}\"";
        var (received, replayed) = member.IsStuck ? (StuckReceived, StuckReplayed) : (Tip, Tip);
        return member.IsLeader
            ? $$"""{"version": 150018, "in_recovery": false, "current_lsn": "{{Lsn(Tip)}}", "current_file": "{{Segment(Tip)}}", "receive_lsn": null, "replay_lsn": null, "replay_paused": null, {{times}}, "wal_segment_size": {{SegmentSize}}}"""
            : $$"""{"version": 150018, "in_recovery": true, "current_lsn": null, "current_file": null, "receive_lsn": "{{Lsn(received)}}", "replay_lsn": "{{Lsn(replayed)}}", "replay_paused": false, {{times}}, "wal_segment_size": {{SegmentSize}}}""";
    }

    private string Control()
    {
        var (redo, end) = member.IsStuck ? (0x6000028, StuckReplayed) : (0xA000028, Tip);
        return $$"""{"system_identifier": "{{cluster.SystemIdentifier}}", "timeline_id": 1, "redo_lsn": "{{Lsn(redo)}}", "min_recovery_end_lsn": "{{(member.IsLeader ? "0/0" : Lsn(end))}}", "min_recovery_end_timeline": {{(member.IsLeader ? 0 : 1)}}}""";
    }

    private string Senders() => member.IsLeader ? List(cluster.Replicas.Where(r => !r.IsStuck).Select(Sender)) : Empty;

    private string Sender(StandInMember replica)
    {
        var tip = Lsn(Tip);
        return $$"""{"pid": {{replica.Pid}}, "usename": "replicator", "application_name": "{{replica.Name}}", "client_addr": "127.0.0.1", "backend_start": "{{Stamp(started)}}", "state": "streaming", "sent_lsn": "{{tip}}", "write_lsn": "{{tip}}", "flush_lsn": "{{tip}}", "replay_lsn": "{{tip}}", "write_lag": 0.000479, "flush_lag": 0.000822, "replay_lag": 0.001347, "sync_state": "async", "reply_time": "{{Now()}}"}""";
    }

    private string Receivers()
    {
        if (!Streams)
            return Empty;
        var (now, tip) = (Now(), Lsn(Tip));
        return $$"""[{"pid": {{member.Pid}}, "status": "streaming", "receive_start_lsn": "0/4000000", "receive_start_tli": 1, "written_lsn": "{{tip}}", "flushed_lsn": "{{tip}}", "received_tli": 1, "last_msg_send_time": "{{now}}", "last_msg_receipt_time": "{{now}}", "latest_end_lsn": "{{tip}}", "latest_end_time": "{{now}}", "slot_name": "{{member.SlotName}}", "sender_host": "127.0.0.1", "sender_port": {{cluster.Leader.PostgresPort}}}]""";
    }

    private string Slots() => member.IsLeader ? List(cluster.Replicas.Select(Slot)) : Empty;

    private static string Slot(StandInMember replica)
    {
        var (active, pid, restart) = replica.IsStuck ? ("false", "null", Oldest) : ("true", $"{replica.Pid}", Tip);
        return $$"""{"slot_name": "{{replica.SlotName}}", "plugin": null, "slot_type": "physical", "datoid": null, "database": null, "temporary": false, "active": {{active}}, "active_pid": {{pid}}, "xmin": null, "catalog_xmin": null, "restart_lsn": "{{Lsn(restart)}}", "confirmed_flush_lsn": null, "wal_status": "reserved", "safe_wal_size": null, "two_phase": false}""";
    }

    private string Wal()
    {
        var (first, last) = member.IsStuck ? (5, 6) : (9, 12);
        var names = Enumerable.Range(first, last - first + 1).Select(number => $"\"{Segment(number * SegmentSize)}\"");
        return $$"""{"names": {{List(names)}}, "bytes": {{(last - first + 1) * SegmentSize}}}""";
    }

    private string Archiver() =>
        $$"""{"archived_count": 0, "last_archived_wal": null, "last_archived_time": null, "failed_count": 0, "last_failed_wal": null, "last_failed_time": null, "stats_reset": "{{Stamp(started)}}"}""";

    private string Settings()
    {
        var source = member.IsLeader
            ? ""
            : $"\"primary_conninfo\": \"user=replicator host=127.0.0.1 port={cluster.Leader.PostgresPort} application_name={member.Name}\", \"primary_slot_name\": \"{member.SlotName}\", ";
        return $$"""{{{source}}"archive_command": "(disabled)", "archive_mode": "off", "archive_timeout": "0", "checkpoint_timeout": "300", "data_checksums": "off", "hot_standby": "on", "max_connections": "100", "max_locks_per_transaction": "64", "max_prepared_transactions": "0", "max_replication_slots": "10", "max_slot_wal_keep_size": "-1", "max_wal_senders": "10", "max_wal_size": "64", "max_worker_processes": "8", "min_wal_size": "32", "recovery_min_apply_delay": "0", "recovery_target_timeline": "latest", "restore_command": "", "wal_keep_size": "16", "wal_level": "replica", "wal_log_hints": "on", "wal_receiver_status_interval": "10", "wal_retrieve_retry_interval": "5000", "wal_sender_timeout": "60000"}""";
    }

    private string Backends() => member switch
    {
        { IsLeader: true } => """[{"backend_type": "checkpointer", "wait_event": "CheckpointerMain", "wait_event_type": "Activity"}]""",
        { IsStuck: true } => """[{"backend_type": "startup", "wait_event": "RecoveryRetrieveRetryInterval", "wait_event_type": "Timeout"}]""",
        _ => """[{"backend_type": "startup", "wait_event": "RecoveryWalStream", "wait_event_type": "Activity"}, {"backend_type": "walreceiver", "wait_event": "WalReceiverMain", "wait_event_type": "Activity"}]""",
    };

    private string Now() => Stamp(time.GetUtcNow());

    private static string Stamp(DateTimeOffset instant) => $"{instant:yyyy-MM-ddTHH:mm:ss.ffffff}+00:00";

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";
}

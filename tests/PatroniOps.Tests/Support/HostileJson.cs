using CsCheck;

namespace PatroniOps.Tests.Support;

/// <summary>JSON of any shape, under keys that Patroni and PostgreSQL use, with values of types that they do not.</summary>
internal static class HostileJson
{
    private static readonly string[] Keys =
    [
        "state", "role", "xlog", "location", "received_location", "replayed_location", "paused", "timeline", "patroni", "version", "scope", "name", "members", "api_url",
        "host", "port", "lag", "tags", "replicatefrom", "replication", "application_name", "server_version", "postmaster_start_time", "dcs_last_seen", "pause", "pending_restart",
        "pending_restart_reason", "old_value", "scheduled_switchover", "at", "to", "database_system_identifier", "ttl", "loop_wait", "postgresql", "use_slots", "parameters", "slots",
        "ignore_slots", "type", "database", "plugin", "member_slots_ttl", "slot_name", "restart_lsn", "safe_wal_size", "active", "active_pid", "wal_status", "pid", "write_lag", "wal_segment_size",
        "in_recovery", "current_lsn", "current_file", "server_time", "status", "received_tli", "last_msg_receipt_time", "names", "bytes", "backend_type", "system_identifier", "timeline_id",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-1", "1", "3.5", "1e308", "1e999", "-1e999", "9223372036854775807", "9223372036854775808", "18446744073709551616", "123456789012345678901234567890",
        "\"\"", "\"running\"", "\"0/0\"", "\"FFFFFFFF/FFFFFFFF\"", "\"/\"", "\"unknown\"", "\"http://127.0.0.1:8008/patroni\"", "\"http://[\"", "\"99999-99-99\"", "\"30min\"", "\"1e9999 d\"",
        "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"000000010000000000000001\"", "\"on\"", "1795369714", "99999999999999", "[]", "{}", "[[1,2]]", "[1,\"a\",null]",
    ];

    public static Gen<string> Value { get; } = Build(4);

    public static Gen<string> Object { get; } = Members(Build(3));

    private static Gen<string> Build(int depth)
    {
        var scalar = Gen.OneOf(Scalars);
        if (depth == 0)
            return scalar;
        var inner = Build(depth - 1);
        return Gen.Frequency((3, scalar), (3, Members(inner)), (1, inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]")));
    }

    private static Gen<string> Members(Gen<string> inner) =>
        Gen.Select(Gen.OneOf(Keys), inner, (key, value) => $"\"{key}\":{value}").Array[0, 12].Select(members => $"{{{string.Join(',', members)}}}");
}

using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>The values behind a judgement of a replica's WAL, each with the place where it was read.</summary>
internal static class WalEvidence
{
    public static IReadOnlyList<Evidence> Of(ReplicaLink link, ClusterSnapshot snapshot)
    {
        var replica = link.Replica;
        var upstream = link.Upstream?.Name ?? "upstream";
        return
        [
            new("state by Patroni", replica.Listed?.State ?? "not listed", "GET /cluster"),
            new("lag by Patroni", replica.Listed?.Lag?.ToString() ?? "unknown", "GET /cluster"),
            new("position", Text(replica.Position, replica.Postgres.State), $"{replica.Name} pg_last_wal_receive_lsn, pg_last_wal_replay_lsn"),
            new("timeline", replica.Timeline?.ToString() ?? "unknown", $"{replica.Name} pg_stat_wal_receiver, pg_control"),
            new("receiver", Rows(replica.Postgres.Receivers, link.Replica.Receiver?.Status), $"{replica.Name} pg_stat_wal_receiver"),
            new("startup process", Startup(replica), $"{replica.Name} pg_stat_activity"),
            new("sender", Rows(link.Upstream?.Postgres.Senders, link.Sender?.State), $"{upstream} pg_stat_replication"),
            new("slot", Slot(link), $"{upstream} pg_replication_slots"),
            new("leader's position", Text(snapshot.LeaderLsnAfter, snapshot.Leader?.Postgres.State), $"{snapshot.Leader?.Name ?? "leader"} pg_current_wal_lsn"),
        ];
    }

    private static string Text<T>(object? value, Reading<T>? reading) where T : class => value?.ToString() ?? $"unknown: {reading?.Reason ?? "not read"}";

    private static string Rows<T>(Reading<T>? reading, string? state) where T : class =>
        reading?.IsKnown == true ? state ?? "no row" : $"unknown: {reading?.Reason ?? "not read"}";

    private static string Startup(MemberSnapshot replica) => replica.Postgres.Backends.Value is { } backends
        ? backends.FirstOrDefault(b => b.Type == "startup") is { } startup ? startup.WaitEvent ?? "working" : "no row"
        : $"unknown: {replica.Postgres.Backends.Reason}";

    private static string Slot(ReplicaLink link) => link.Upstream?.Postgres.Slots.IsKnown != true
        ? $"unknown: {link.Upstream?.Postgres.Slots.Reason ?? "not read"}"
        : link.Slot is { } slot ? $"{slot.WalStatus ?? "present"}, {(slot.IsActive == true ? "active" : "inactive")}, restart_lsn {slot.RestartLsn?.ToString() ?? "none"}" : "no row";
}

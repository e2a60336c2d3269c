using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>A row of pg_stat_replication: one standby or receiver as its sender sees it. Lags are null when there was no recent traffic.</summary>
public sealed record SenderRow
{
    public int? Pid { get; init; }

    public string? UserName { get; init; }

    /// <summary>Patroni's replicas give their member name here.</summary>
    public string? ApplicationName { get; init; }

    public string? ClientAddress { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary><c>startup</c>, <c>catchup</c>, <c>streaming</c>, <c>backup</c>, <c>stopping</c>.</summary>
    public string? State { get; init; }

    public Lsn? SentLsn { get; init; }

    public Lsn? WriteLsn { get; init; }

    public Lsn? FlushLsn { get; init; }

    public Lsn? ReplayLsn { get; init; }

    public TimeSpan? WriteLag { get; init; }

    public TimeSpan? FlushLag { get; init; }

    public TimeSpan? ReplayLag { get; init; }

    /// <summary><c>async</c>, <c>potential</c>, <c>sync</c>, <c>quorum</c>.</summary>
    public string? SyncState { get; init; }

    /// <summary>The standby's last word, by its own clock.</summary>
    public DateTimeOffset? ReplyTime { get; init; }

    internal static string Sql =>
        """
        SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text FROM (SELECT pid, usename, application_name, host(client_addr) AS client_addr, backend_start, state,
          sent_lsn, write_lsn, flush_lsn, replay_lsn, extract(epoch FROM write_lag) AS write_lag, extract(epoch FROM flush_lag) AS flush_lag,
          extract(epoch FROM replay_lag) AS replay_lag, sync_state, reply_time FROM pg_stat_replication ORDER BY application_name, pid) t
        """;

    internal static SenderRow Parse(JsonElement row) => new()
    {
        Pid = Json.Integer(row, "pid") is > 0 and <= int.MaxValue and var pid ? (int)pid : null,
        UserName = Json.Text(row, "usename"),
        ApplicationName = Json.Text(row, "application_name"),
        ClientAddress = Json.Text(row, "client_addr"),
        StartedAt = Json.Instant(row, "backend_start"),
        State = Json.Text(row, "state"),
        SentLsn = Json.Lsn(row, "sent_lsn"),
        WriteLsn = Json.Lsn(row, "write_lsn"),
        FlushLsn = Json.Lsn(row, "flush_lsn"),
        ReplayLsn = Json.Lsn(row, "replay_lsn"),
        WriteLag = Seconds(row, "write_lag"),
        FlushLag = Seconds(row, "flush_lag"),
        ReplayLag = Seconds(row, "replay_lag"),
        SyncState = Json.Text(row, "sync_state"),
        ReplyTime = Json.Instant(row, "reply_time"),
    };

    private static TimeSpan? Seconds(JsonElement row, string name) =>
        Json.Number(row, name) is >= 0 and < 1e9 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}

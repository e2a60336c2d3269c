using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>The row of pg_stat_wal_receiver, without the connection string, which can hold a password.</summary>
public sealed record ReceiverRow
{
    /// <summary><c>streaming</c>, <c>waiting</c>, <c>starting</c>, ...</summary>
    public string? Status { get; init; }

    /// <summary>The timeline being received: the one to trust on a standby.</summary>
    public uint? ReceivedTimeline { get; init; }

    public Lsn? FlushedLsn { get; init; }

    public Lsn? LatestEndLsn { get; init; }

    public DateTimeOffset? LastMessageSentAt { get; init; }

    /// <summary>When the sender last said anything, by the standby's clock.</summary>
    public DateTimeOffset? LastMessageReceivedAt { get; init; }

    public string? SlotName { get; init; }

    public string? SenderHost { get; init; }

    public int? SenderPort { get; init; }

    internal static string Sql => "SELECT coalesce(jsonb_agg(to_jsonb(r) - 'conninfo'), '[]')::text FROM pg_stat_wal_receiver r";

    internal static ReceiverRow Parse(JsonElement row) => new()
    {
        Status = Json.Text(row, "status"),
        ReceivedTimeline = Json.Timeline(row, "received_tli"),
        FlushedLsn = Json.Lsn(row, "flushed_lsn") ?? Json.Lsn(row, "received_lsn"),
        LatestEndLsn = Json.Lsn(row, "latest_end_lsn"),
        LastMessageSentAt = Json.Instant(row, "last_msg_send_time"),
        LastMessageReceivedAt = Json.Instant(row, "last_msg_receipt_time"),
        SlotName = Json.Text(row, "slot_name"),
        SenderHost = Json.Text(row, "sender_host"),
        SenderPort = Json.Integer(row, "sender_port") is > 0 and < 65536 and var port ? (int)port : null,
    };
}

using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>A row of pg_replication_slots. Columns that the server's version lacks are null.</summary>
public sealed record SlotRow
{
    public required string Name { get; init; }

    public string? Plugin { get; init; }

    /// <summary><c>physical</c> or <c>logical</c>.</summary>
    public string? Type { get; init; }

    public string? Database { get; init; }

    public bool? IsTemporary { get; init; }

    public bool? IsActive { get; init; }

    public int? ActivePid { get; init; }

    public Lsn? RestartLsn { get; init; }

    public Lsn? ConfirmedFlushLsn { get; init; }

    /// <summary><c>reserved</c>, <c>extended</c>, <c>unreserved</c>, <c>lost</c>; PostgreSQL 13 and later.</summary>
    public string? WalStatus { get; init; }

    /// <summary>Bytes that can still be written before the slot may be lost; null without a limit. Negative: it is about to be.</summary>
    public long? SafeWalSize { get; init; }

    /// <summary>PostgreSQL 17 and later.</summary>
    public DateTimeOffset? InactiveSince { get; init; }

    /// <summary>PostgreSQL 17 and later.</summary>
    public string? InvalidationReason { get; init; }

    internal static string Sql => "SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]')::text FROM pg_replication_slots s";

    internal static SlotRow? Parse(JsonElement row) => Json.Text(row, "slot_name") is not { } name ? null : new SlotRow
    {
        Name = name,
        Plugin = Json.Text(row, "plugin"),
        Type = Json.Text(row, "slot_type"),
        Database = Json.Text(row, "database"),
        IsTemporary = Json.Flag(row, "temporary"),
        IsActive = Json.Flag(row, "active"),
        ActivePid = Json.Integer(row, "active_pid") is > 0 and <= int.MaxValue and var pid ? (int)pid : null,
        RestartLsn = Json.Lsn(row, "restart_lsn"),
        ConfirmedFlushLsn = Json.Lsn(row, "confirmed_flush_lsn"),
        WalStatus = Json.Text(row, "wal_status"),
        SafeWalSize = Json.Integer(row, "safe_wal_size"),
        InactiveSince = Json.Instant(row, "inactive_since"),
        InvalidationReason = Json.Text(row, "invalidation_reason"),
    };
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>The settings that replication depends on, as pg_settings gives them (in the setting's own unit), without secrets.</summary>
/// <param name="Values">Name and value; a setting that the role may not see is absent.</param>
public sealed record ServerSettings(IReadOnlyDictionary<string, string> Values)
{
    private const long Megabyte = 1L << 20;

    private static readonly string[] Names =
    [
        "archive_command", "archive_library", "archive_mode", "archive_timeout", "checkpoint_timeout", "data_checksums", "data_directory", "hot_standby",
        "max_connections", "max_locks_per_transaction", "max_prepared_transactions", "max_replication_slots", "max_slot_wal_keep_size",
        "max_standby_streaming_delay", "max_wal_senders", "max_wal_size", "max_worker_processes", "min_wal_size", "primary_conninfo",
        "primary_slot_name", "recovery_min_apply_delay", "recovery_target_timeline", "restore_command", "wal_keep_segments", "wal_keep_size",
        "wal_level", "wal_log_hints", "wal_receiver_status_interval", "wal_receiver_timeout",
        "wal_retrieve_retry_interval", "wal_segment_size", "wal_sender_timeout",
    ];

    internal static string Sql =>
        $"SELECT coalesce(jsonb_object_agg(name, setting), '{{}}')::text FROM pg_settings WHERE name IN ('{string.Join("', '", Names)}')";

    /// <summary>Empty exactly when the server has none; null when the role may not see it.</summary>
    [JsonIgnore]
    public string? RestoreCommand => Values.GetValueOrDefault("restore_command");

    /// <summary>Null when it was not read, or the role may not see it.</summary>
    [JsonIgnore]
    public string? DataDirectory => Values.GetValueOrDefault("data_directory") is { Length: > 0 } directory ? directory : null;

    /// <summary>Null when it was not read.</summary>
    [JsonIgnore]
    public bool? IsArchiving => Values.TryGetValue("archive_mode", out var mode) ? mode != "off" : null;

    /// <summary>WAL kept for standbys without a slot, in bytes, whichever of the two settings the server has; null when it, or the size of a segment, was not read.</summary>
    [JsonIgnore]
    public long? WalKeepBytes => Number("wal_keep_size") * Megabyte ?? Number("wal_keep_segments") * Number("wal_segment_size");

    /// <summary>Bytes; null when it was not read or there is no limit (-1).</summary>
    [JsonIgnore]
    public long? MaximumSlotWalBytes => Number("max_slot_wal_keep_size") is >= 0 and var size ? size * Megabyte : null;

    [JsonIgnore]
    public long? MaximumWalSenders => Number("max_wal_senders");

    [JsonIgnore]
    public long? MaximumReplicationSlots => Number("max_replication_slots");

    /// <summary>Null when it was not read; zero turns it off.</summary>
    [JsonIgnore]
    public TimeSpan? WalSenderTimeout => Number("wal_sender_timeout") is >= 0 and var ms ? TimeSpan.FromMilliseconds(ms) : null;

    /// <summary>How often a replica reports to its sender; null when it was not read; zero: only when it is asked.</summary>
    [JsonIgnore]
    public TimeSpan? WalReceiverStatusInterval => Number("wal_receiver_status_interval") is >= 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Null when it was not read; zero turns it off.</summary>
    [JsonIgnore]
    public TimeSpan? WalReceiverTimeout => Number("wal_receiver_timeout") is >= 0 and var ms ? TimeSpan.FromMilliseconds(ms) : null;

    /// <summary>A setting as a whole number in its own unit. PostgreSQL's have 32 bits: whatever is larger is none, and what is computed from them cannot overflow.</summary>
    public long? Number(string name) =>
        Values.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    internal static ServerSettings Parse(JsonElement row) =>
        new(Json.Scalars(row).ToDictionary(s => s.Key, s => Redaction.Text(s.Value), StringComparer.Ordinal));
}

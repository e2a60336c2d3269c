using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Advice;

/// <summary>Where a PostgreSQL parameter's value comes from. Pure.</summary>
/// <remarks>Source: Patroni, docs/patroni_configuration.rst, "Important rules", and patroni/postgresql/config.py (CMDLINE_OPTIONS).</remarks>
internal static class ParameterPlace
{
    private const long Megabyte = 1L << 20;

    // Patroni takes these from the dynamic configuration alone, else its own default.
    private static readonly HashSet<string> DynamicOnly =
    [
        "hot_standby", "max_connections", "max_locks_per_transaction", "max_prepared_transactions", "max_replication_slots", "max_wal_senders",
        "max_worker_processes", "track_commit_timestamp", "wal_keep_segments", "wal_keep_size", "wal_level", "wal_log_hints",
    ];

    // As pg_settings gives them.
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["archive_command"] = "", ["archive_mode"] = "off", ["max_slot_wal_keep_size"] = "-1", ["restore_command"] = "", ["wal_sender_timeout"] = "60000",
    };

    public static SettingPlace Of(string name, DynamicConfiguration? configuration, ServerSettings? running)
    {
        if (configuration is null)
            return SettingPlace.Unknown;
        var isSet = IsSetDynamically(name, configuration, out var wanted);
        if (DynamicOnly.Contains(name))
            return isSet ? SettingPlace.DynamicConfiguration : SettingPlace.Default;
        if (running?.Values.TryGetValue(name, out var value) != true)
            return SettingPlace.Unknown;
        if (isSet)
            return wanted is null || IsSame(name, wanted, value!) ? SettingPlace.DynamicConfiguration : SettingPlace.Unknown;
        // PostgreSQL shows an archive_command that is not used as (disabled).
        return value == Defaults.GetValueOrDefault(name) || value == "(disabled)" ? SettingPlace.Default : SettingPlace.LocalConfiguration;
    }

    /// <summary>The same value, whatever the units that it is written in.</summary>
    public static bool IsSame(string name, string left, string right) => left == right || name switch
    {
        "max_slot_wal_keep_size" or "wal_keep_size" => SettingText.Bytes(left, Megabyte) is { } bytes && bytes == SettingText.Bytes(right, Megabyte),
        "wal_sender_timeout" => SettingText.Milliseconds(left, 1) is { } time && time == SettingText.Milliseconds(right, 1),
        _ => Flag(left) is { } flag && flag == Flag(right),
    };

    private static bool IsSetDynamically(string name, DynamicConfiguration configuration, out string? wanted)
    {
        if (configuration.Parameters.TryGetValue(name, out wanted))
            return true;
        // Patroni converts one into the other.
        if (name == "wal_keep_size" && configuration.Parameters.ContainsKey("wal_keep_segments"))
            return true;
        return name == "wal_keep_segments" && configuration.Parameters.ContainsKey("wal_keep_size");
    }

    private static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "on" or "true" or "yes" or "1" => true,
        "off" or "false" or "no" or "0" => false,
        _ => null,
    };
}

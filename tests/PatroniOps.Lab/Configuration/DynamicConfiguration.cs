using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Configuration;

/// <summary>What the first member puts into the DCS as /config: little WAL is kept, so that a lab loses it within seconds.</summary>
internal static class DynamicConfiguration
{
    public static JsonObject Build(LabOptions options)
    {
        var configuration = new JsonObject
        {
            ["ttl"] = (int)options.Ttl.TotalSeconds,
            ["loop_wait"] = (int)options.LoopWait.TotalSeconds,
            ["retry_timeout"] = (int)options.RetryTimeout().TotalSeconds,
            ["maximum_lag_on_failover"] = 1048576,
            ["postgresql"] = new JsonObject
            {
                ["use_pg_rewind"] = options.UsePgRewind,
                ["use_slots"] = true,
                ["parameters"] = Parameters(options),
            },
        };
        PatroniConfiguration.Merge(configuration, options.DynamicConfiguration);
        return configuration;
    }

    private static JsonObject Parameters(LabOptions options)
    {
        var parameters = new JsonObject
        {
            ["wal_level"] = "replica",
            ["hot_standby"] = "on",
            ["wal_keep_size"] = options.WalKeepSize,
            ["max_wal_size"] = options.MaxWalSize,
            ["min_wal_size"] = "32MB",
            ["checkpoint_timeout"] = 300,
            ["max_wal_senders"] = options.MaxWalSenders,
            ["max_replication_slots"] = options.MaxReplicationSlots,
            ["wal_log_hints"] = "on",
        };
        if (options.MaxSlotWalKeepSize is { } size)
            parameters["max_slot_wal_keep_size"] = size;
        return parameters;
    }
}

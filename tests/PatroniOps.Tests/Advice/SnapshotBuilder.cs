using System.Text.Json;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Advice;

/// <summary>Makes snapshots of a cluster of three whose configuration is well chosen; tests then change one thing.</summary>
internal sealed class SnapshotBuilder
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Names = ["bar-1", "bar-2", "bar-3"];
    private readonly Dictionary<string, Dictionary<string, string>> settings = Names.ToDictionary(n => n, _ => Good());

    public string Configuration { get; set; } = """
        {"ttl": 30, "loop_wait": 10, "retry_timeout": 10, "maximum_lag_on_failover": 1048576, "member_slots_ttl": 1800,
         "postgresql": {"use_slots": true, "use_pg_rewind": true, "parameters": {"wal_keep_size": "8GB", "max_wal_senders": 10, "max_connections": 100}}}
        """;

    public string Cluster { get; set; } = "demo";

    public string PatroniVersion { get; set; } = "4.1.4";

    public int ServerVersion { get; set; } = 150018;

    /// <summary>Bytes in the last hour: 1 MiB a second, 3.5 GiB.</summary>
    public long WrittenInAnHour { get; set; } = 3600L << 20;

    public int ForeignSlots { get; set; }

    public Dictionary<string, string> Leader => settings["bar-1"];

    public SnapshotBuilder Set(string name, string? value, params string[] members)
    {
        foreach (var member in members.Length > 0 ? members : Names)
            if (value is null)
                settings[member].Remove(name);
            else
                settings[member][name] = value;
        return this;
    }

    public ClusterSnapshot Build()
    {
        var position = new Lsn(10UL << 30);
        return new ClusterSnapshot
        {
            Cluster = Cluster,
            TakenAt = Now,
            View = Reading.Of(new ClusterView(Cluster, [.. Names.Select(Listed)], false, null, null)),
            Configuration = Reading.Of(new DynamicConfiguration(JsonDocument.Parse(Configuration).RootElement.Clone())),
            History = Reading.Of<IReadOnlyList<TimelineSwitch>>([]),
            Members = [.. Names.Select(n => Member(n, position))],
            LeaderLsnAfter = position,
            Earlier = new EarlierPosition(Now - TimeSpan.FromHours(1), new Lsn((10UL << 30) - (ulong)WrittenInAnHour)),
        };
    }

    private static Dictionary<string, string> Good() => new(StringComparer.Ordinal)
    {
        ["archive_command"] = "cp %p /archive/%f", ["archive_library"] = "", ["archive_mode"] = "on", ["data_checksums"] = "on", ["hot_standby"] = "on",
        ["max_connections"] = "100", ["max_locks_per_transaction"] = "64", ["max_prepared_transactions"] = "0", ["max_replication_slots"] = "10",
        ["max_slot_wal_keep_size"] = "20480", ["max_wal_senders"] = "10", ["max_wal_size"] = "1024", ["max_worker_processes"] = "8",
        ["restore_command"] = "cp /archive/%f %p", ["wal_keep_size"] = "8192", ["wal_level"] = "replica", ["wal_log_hints"] = "on", ["wal_sender_timeout"] = "60000",
    };

    private static ClusterViewMember Listed(string name) =>
        new(name, name == "bar-1" ? "leader" : "replica", name == "bar-1" ? "running" : "streaming", new Uri($"http://{name}:8008/"), name, 5432, 1, 0, MemberTags.None, false, []);

    private MemberSnapshot Member(string name, Lsn position)
    {
        var isLeader = name == "bar-1";
        return new MemberSnapshot
        {
            Name = name,
            Host = name,
            Port = 5432,
            Listed = Listed(name),
            Patroni = Reading.Of(new PatroniStatus { State = "running", Role = isLeader ? "primary" : "replica", PatroniVersion = PatroniVersion, ServerVersion = ServerVersion, Timeline = 1 }),
            Postgres = PostgresSnapshot.Unknown(FailureKind.NotConfigured, "not read") with
            {
                State = Reading.Of(new ServerState { Version = ServerVersion, IsInRecovery = !isLeader, CurrentLsn = isLeader ? position : null, CurrentTimeline = isLeader ? 1 : null, WalSegmentSize = WalSegment.DefaultSize }),
                Senders = Reading.Of<IReadOnlyList<SenderRow>>(isLeader ? [.. Names.Skip(1).Select(n => new SenderRow { ApplicationName = n, State = "streaming" })] : []),
                Slots = Reading.Of<IReadOnlyList<SlotRow>>([.. Enumerable.Range(0, ForeignSlots).Select(i => new SlotRow { Name = $"other_{i}", Type = "physical" })]),
                Wal = Reading.Of(new WalListing([], 64, 1L << 30)),
                Settings = Reading.Of(new ServerSettings(settings[name])),
            },
        };
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Support;

/// <summary>
/// The engine's snapshot of a recorded capture. What the recording lacks is filled in as little as can be: the clock is the newest instant in the
/// capture, the segment size is the lab's, and of pg_wal only oldest, newest and count were recorded, which is a run without holes.
/// </summary>
internal static class EvidenceSnapshot
{
    private const long SegmentSize = WalSegment.DefaultSize;

    private static readonly string[] Columns =
        ["dcs_last_seen", "last_msg_receipt_time", "last_msg_send_time", "reply_time", "replay_ts", "replay_timestamp", "postmaster_start_time"];

    /// <param name="name">The capture.</param>
    /// <param name="known">Members that a profile remembers; those not in /cluster become absent ones.</param>
    public static ClusterSnapshot Load(string name, params string[] known)
    {
        var file = new EvidenceFile(name);
        var view = ClusterView.Parse(file.Body("cluster.json")!.Value)!;
        var history = TimelineHistory.ParseRest(file.Body("history.json")!.Value);
        var configuration = new DynamicConfiguration(Redaction.Document(file.Body("config.json")!.Value));
        var clock = Instants(file).Max();
        var members = view.Members.Select(m => Member(file, m.Name, m, history, configuration, clock))
            .Concat(known.Where(k => view.Members.All(m => m.Name != k)).Select(k => Member(file, k, null, history, configuration, clock))).ToList();
        var leader = members.FirstOrDefault(m => m.IsLeader)?.Postgres.State.Value;
        return new ClusterSnapshot
        {
            Cluster = view.Scope ?? "demo",
            TakenAt = clock,
            View = Reading.Of(view),
            Configuration = Reading.Of(configuration),
            History = Reading.Of(history),
            Members = members,
            LeaderLsnAfter = leader?.CurrentLsn ?? Lsn.Max(leader?.ReceiveLsn, leader?.ReplayLsn),
        };
    }

    private static MemberSnapshot Member(EvidenceFile file, string name, ClusterViewMember? listed, IReadOnlyList<TimelineSwitch> history, DynamicConfiguration configuration, DateTimeOffset clock)
    {
        var key = file.IsOfPatroni3 ? $"node{name[^2..]}-patroni.json" : $"patroni.{name}.json";
        var status = file.Body(key) is { } body ? PatroniStatus.Parse(body) : null;
        return new MemberSnapshot
        {
            Name = name,
            ApiUrl = listed?.ApiUrl,
            Host = listed?.Host,
            Port = listed?.Port,
            Listed = listed,
            IsAbsent = listed is null,
            Remembered = listed is null ? new RememberedMember { Name = name, LastListedAt = clock - TimeSpan.FromSeconds(25) } : null,
            Patroni = status is null ? Reading.Unknown<PatroniStatus>(FailureKind.Unreachable, $"{name}: not reachable: Connection refused.") : Reading.Of(status),
            Postgres = Postgres(file, name, status, history, configuration, clock),
        };
    }

    private static PostgresSnapshot Postgres(EvidenceFile file, string name, PatroniStatus? status, IReadOnlyList<TimelineSwitch> history, DynamicConfiguration configuration, DateTimeOffset clock)
    {
        var rows = file.IsOfPatroni3 ? Rows3(file, name) : Rows4(file, name, configuration);
        if (rows is null || rows["state"] is not [{ } state])
            return PostgresSnapshot.Unknown(FailureKind.Unreachable, $"{name}: PostgreSQL is not reachable: Connection refused.");
        return new PostgresSnapshot
        {
            State = Reading.Of(State(state, status, clock)),
            Control = Reading.Of(ControlData.Parse(JsonText.Parse(Merged(rows["control"]).ToJsonString()))),
            Senders = Reading.Of<IReadOnlyList<SenderRow>>([.. rows["senders"].Select(Lags).Select(SenderRow.Parse)]),
            Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([.. rows["receivers"].Select(ReceiverRow.Parse)]),
            Slots = Reading.Of<IReadOnlyList<SlotRow>>([.. rows["slots"].Select(SlotRow.Parse).OfType<SlotRow>()]),
            Wal = rows["wal"] is [{ } wal] ? Reading.Of(Wal(wal, history)) : Reading.Unknown<WalListing>(FailureKind.PermissionDenied, "not recorded"),
            Archiver = Reading.Of(ArchiverRow.Parse(rows["archiver"][0])),
            Settings = Reading.Of(new ServerSettings(rows["settings"].ToDictionary(r => r.GetProperty("name").GetString()!, r => r.GetProperty("setting").GetString()!))),
            Backends = Reading.Of<IReadOnlyList<BackendRow>>([.. rows["backends"].Select(BackendRow.Parse).OfType<BackendRow>()]),
            ArchiveQueue = Reading.Unknown<ArchiveQueue>(FailureKind.PermissionDenied, "not recorded"),
            Collations = Reading.Unknown<CollationVersions>(FailureKind.PermissionDenied, "not recorded"),
        };
    }

    private static Dictionary<string, List<JsonElement>>? Rows3(EvidenceFile file, string name)
    {
        if (file.Body($"node{name[^2..]}-sql.json") is not { } sql)
            return null;
        List<JsonElement> Of(params string[] tables) => [.. tables.Where(t => sql.TryGetProperty(t, out _)).SelectMany(t => sql.GetProperty(t).EnumerateArray())];
        return new()
        {
            ["state"] = Of("recovery"), ["senders"] = Of("pg_stat_replication"), ["receivers"] = Of("pg_stat_wal_receiver"), ["slots"] = Of("pg_replication_slots"), ["wal"] = Of("pg_ls_waldir"),
            ["archiver"] = Of("pg_stat_archiver"), ["control"] = Of("pg_control_checkpoint", "pg_control_recovery", "pg_control_system"), ["settings"] = Of("ps_settings"), ["backends"] = Of("activity_recovery"),
        };
    }

    // Settings were not recorded with 4.1.4: those that the configuration sets, and PostgreSQL's default of no archiving and no restore_command.
    private static Dictionary<string, List<JsonElement>>? Rows4(EvidenceFile file, string name, DynamicConfiguration configuration)
    {
        List<JsonElement> Of(string table) => file.Body($"{table}.{name}.json") is { ValueKind: JsonValueKind.Array } rows ? [.. rows.EnumerateArray()] : [];
        if (file.Body($"lsn.{name}.json") is null)
            return null;
        var settings = new Dictionary<string, string> { ["archive_mode"] = "off", ["restore_command"] = "", ["wal_keep_size"] = "32", ["max_wal_senders"] = configuration.Parameters["max_wal_senders"] };
        return new()
        {
            ["state"] = Of("lsn"), ["senders"] = Of("replication"), ["receivers"] = Of("receiver"), ["slots"] = Of("slots"), ["wal"] = Of("wal"), ["archiver"] = Of("archiver"), ["control"] = Of("control"),
            ["settings"] = [.. settings.Select(s => JsonText.Parse(new JsonObject { ["name"] = s.Key, ["setting"] = s.Value }.ToJsonString()))], ["backends"] = [],
        };
    }

    private static ServerState State(JsonElement row, PatroniStatus? status, DateTimeOffset clock)
    {
        var document = JsonObject.Create(row)!;
        document["version"] = status?.ServerVersion ?? 150018;
        document["current_file"] = document["current_walfile"]?.DeepClone();
        document["replay_timestamp"] = (document["replay_ts"] ?? document["replay_timestamp"])?.DeepClone();
        document["wal_segment_size"] = SegmentSize;
        return ServerState.Parse(JsonText.Parse(document.ToJsonString())) with { ServerTime = clock, PostmasterStartTime = status?.PostmasterStartTime };
    }

    // Intervals were recorded as 0:00:00.000114; the engine asks for seconds.
    private static JsonElement Lags(JsonElement row)
    {
        var document = JsonObject.Create(row)!;
        foreach (var name in new[] { "write_lag", "flush_lag", "replay_lag" })
            if (document[name]?.GetValueKind() == JsonValueKind.String)
                document[name] = TimeSpan.Parse(document[name]!.GetValue<string>(), CultureInfo.InvariantCulture).TotalSeconds;
        return JsonText.Parse(document.ToJsonString());
    }

    private static JsonObject Merged(IEnumerable<JsonElement> rows)
    {
        var document = new JsonObject();
        foreach (var property in rows.SelectMany(r => r.EnumerateObject()))
            document[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        return document;
    }

    // Across a switch the older timeline's files end, and the newer one's begin, with the segment of the switch.
    private static WalListing Wal(JsonElement row, IReadOnlyList<TimelineSwitch> history)
    {
        var count = row.TryGetProperty("n", out var n) ? n.GetInt64() : row.GetProperty("segments").GetInt64();
        if (!WalSegment.TryParse(row.GetProperty("min_name").GetString(), SegmentSize, out var first) || !WalSegment.TryParse(row.GetProperty("max_name").GetString(), SegmentSize, out var last))
            return new WalListing([], count, 0);
        if (first.Timeline == last.Timeline)
            return new WalListing([new WalRange(first.Timeline, first.Number, last.Number)], count, count * SegmentSize);
        var fork = history.First(s => s.Timeline == first.Timeline).Position.Value / (ulong)SegmentSize;
        return new WalListing([new WalRange(first.Timeline, first.Number, Math.Max(first.Number, fork - 1)), new WalRange(last.Timeline, fork, last.Number)], count, count * SegmentSize);
    }

    private static IEnumerable<DateTimeOffset> Instants(EvidenceFile file) => file.Bodies.SelectMany(b => Instants(b.Body));

    private static IEnumerable<DateTimeOffset> Instants(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Instants),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Columns.Contains(p.Name) && Instant(p.Value) is { } at ? [at] : Instants(p.Value)),
        _ => [],
    };

    private static DateTimeOffset? Instant(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? DateTimeOffset.FromUnixTimeSeconds(value.GetInt64()) : Json.Instant(value);
}

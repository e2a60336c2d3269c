using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Support;

/// <summary>A made-up cluster: leader <c>a</c> at 0/9000100, replicas <c>b</c> and <c>c</c> that stream. Tests change one thing in it.</summary>
internal static class Cluster
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly Lsn Tip = Lsn.Parse("0/9000100");

    public static ClusterSnapshot Healthy(string config = """{"loop_wait": 10, "ttl": 30}""", string version = "3.0.2") => new()
    {
        Cluster = "demo",
        TakenAt = Now,
        View = Reading.Of(new ClusterView("demo", [Listed("a", "leader"), Listed("b", "replica"), Listed("c", "replica")], false, null, null)),
        Configuration = Reading.Of(new DynamicConfiguration(JsonText.Parse(config))),
        History = Reading.Of<IReadOnlyList<TimelineSwitch>>([]),
        Members = [Leader(version), Replica("b", version), Replica("c", version)],
        LeaderLsnAfter = Tip,
    };

    public static MemberSnapshot Member(this ClusterSnapshot snapshot, string name) => snapshot.Members.Single(m => m.Name == name);

    public static ClusterSnapshot With(this ClusterSnapshot snapshot, string name, Func<MemberSnapshot, MemberSnapshot> change) =>
        snapshot with { Members = [.. snapshot.Members.Select(m => m.Name == name ? change(m) : m)] };

    public static MemberSnapshot Sql(this MemberSnapshot member, Func<PostgresSnapshot, PostgresSnapshot> change) => member with { Postgres = change(member.Postgres) };

    public static MemberSnapshot State(this MemberSnapshot member, Func<ServerState, ServerState> change) =>
        member.Sql(p => p with { State = Reading.Of(change(p.State.Value!)) });

    public static MemberSnapshot Settings(this MemberSnapshot member, params (string Name, string Value)[] settings) =>
        member.Sql(p => p with { Settings = Reading.Of(new ServerSettings(p.Settings.Value!.Values.Concat(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))).GroupBy(s => s.Key).ToDictionary(g => g.Key, g => g.Last().Value))) });

    public static MemberSnapshot Slots(this MemberSnapshot member, params SlotRow[] slots) => member.Sql(p => p with { Slots = Reading.Of<IReadOnlyList<SlotRow>>(slots) });

    public static MemberSnapshot Senders(this MemberSnapshot member, params SenderRow[] senders) => member.Sql(p => p with { Senders = Reading.Of<IReadOnlyList<SenderRow>>(senders) });

    public static MemberSnapshot Wal(this MemberSnapshot member, params WalRange[] ranges) => member.Sql(p => p with { Wal = Reading.Of(new WalListing(ranges, 0, 0)) });

    /// <summary>The replica stands at a position and nobody sends to it; its slot stays.</summary>
    public static ClusterSnapshot Stuck(this ClusterSnapshot snapshot, string name, string position) => snapshot
        .With(name, m => m.Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([]) }).State(s => s with { ReceiveLsn = null, ReplayLsn = Lsn.Parse(position) }))
        .With("a", m => m.Senders([.. m.Postgres.Senders.Value!.Where(s => s.ApplicationName != name)]));

    public static ClusterSnapshot Archive(this ClusterSnapshot snapshot, params WalRange[] ranges) =>
        snapshot with { Archives = [new ArchiveSnapshot("/archive", ArchiveKind.Directory, Reading.Of<IReadOnlyList<WalRange>>(ranges))] };

    public static Reading<T> Unread<T>(string reason = "not read") where T : class => Reading.Unknown<T>(FailureKind.Unreachable, reason);

    public static SlotRow Slot(string name, string restart = "0/9000100") =>
        new() { Name = name, Type = "physical", IsTemporary = false, IsActive = true, RestartLsn = Lsn.Parse(restart), WalStatus = "reserved" };

    public static SenderRow Sender(string name, string state = "streaming") => new() { Pid = 100, ApplicationName = name, State = state, SentLsn = Tip };

    private static ClusterViewMember Listed(string name, string role) =>
        new(name, role, "running", new Uri($"http://{name}:8008/"), name, 5432, 1, role == "leader" ? null : 0, MemberTags.None, false, []);

    private static MemberSnapshot Leader(string version) => Of("a", "leader", new PatroniStatus { State = "running", Role = "master", ServerVersion = 150018, Timeline = 1, PatroniVersion = version, SystemIdentifier = "42" },
        new ServerState { Version = 150018, IsInRecovery = false, CurrentLsn = Tip, CurrentTimeline = 1, ServerTime = Now, PostmasterStartTime = Now - TimeSpan.FromDays(1), WalSegmentSize = WalSegment.DefaultSize },
        [], [Sender("b"), Sender("c")], [Slot("b"), Slot("c")]);

    private static MemberSnapshot Replica(string name, string version) => Of(name, "replica", new PatroniStatus { State = "running", Role = "replica", ServerVersion = 150018, Timeline = 1, PatroniVersion = version, SystemIdentifier = "42" },
        new ServerState { Version = 150018, IsInRecovery = true, ReceiveLsn = Tip, ReplayLsn = Tip, ServerTime = Now, PostmasterStartTime = Now - TimeSpan.FromDays(1), WalSegmentSize = WalSegment.DefaultSize },
        [new ReceiverRow { Status = "streaming", ReceivedTimeline = 1, LastMessageReceivedAt = Now - TimeSpan.FromSeconds(3) }], [], []);

    private static MemberSnapshot Of(string name, string role, PatroniStatus status, ServerState state, IReadOnlyList<ReceiverRow> receivers, IReadOnlyList<SenderRow> senders, IReadOnlyList<SlotRow> slots) => new()
    {
        Name = name, ApiUrl = new Uri($"http://{name}:8008/"), Host = name, Port = 5432, Listed = Listed(name, role), Patroni = Reading.Of(status),
        Postgres = new PostgresSnapshot
        {
            State = Reading.Of(state), Control = Reading.Of(new ControlData { CheckpointTimeline = 1 }), Senders = Reading.Of(senders), Receivers = Reading.Of(receivers), Slots = Reading.Of(slots),
            Wal = Reading.Of(new WalListing([new WalRange(1, 7, 12)], 6, 6 * WalSegment.DefaultSize)), Archiver = Reading.Of(new ArchiverRow()),
            Settings = Reading.Of(new ServerSettings(new Dictionary<string, string> { ["archive_mode"] = "off", ["restore_command"] = "", ["wal_keep_size"] = "32", ["max_wal_senders"] = "10", ["wal_sender_timeout"] = "60000" })),
            Backends = Reading.Of<IReadOnlyList<BackendRow>>([]), ArchiveQueue = Reading.Of(new ArchiveQueue(0, null)), Collations = Reading.Of(new CollationVersions("2.36", null)),
        },
    };
}

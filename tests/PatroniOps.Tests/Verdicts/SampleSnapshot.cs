using System.Text.Json;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Verdicts;

/// <summary>A healthy cluster of three, to be broken by a test: leader a, replicas b and c, timeline 2, Patroni 3.0.2, PostgreSQL 15.</summary>
internal static class SampleSnapshot
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly Lsn Position = Lsn.Parse("0/A000100");

    private const string Configuration = """{"ttl": 30, "loop_wait": 10, "retry_timeout": 10, "postgresql": {"use_slots": true}}""";

    public static ClusterSnapshot Healthy()
    {
        MemberSnapshot[] members = [Leader("a"), Replica("b"), Replica("c")];
        return new ClusterSnapshot
        {
            Cluster = "demo",
            TakenAt = Now,
            View = Reading.Of(new ClusterView("demo", [.. members.Select(m => m.Listed!)], false, null, null)),
            Configuration = Reading.Of(new DynamicConfiguration(JsonDocument.Parse(Configuration).RootElement)),
            History = Reading.Of<IReadOnlyList<TimelineSwitch>>([new TimelineSwitch(1, Lsn.Parse("0/5000000"), "no recovery target specified", Now.AddDays(-3), "a")]),
            Members = members,
            LeaderLsnAfter = Position,
        };
    }

    /// <summary>The snapshot with one member changed.</summary>
    public static ClusterSnapshot With(this ClusterSnapshot snapshot, string member, Func<MemberSnapshot, MemberSnapshot> change) =>
        snapshot with { Members = [.. snapshot.Members.Select(m => m.Name == member ? change(m) : m)] };

    /// <summary>The incident: b stands at 0/4000110 without a stream, the leader's oldest segment is 9, the slot was made anew.</summary>
    public static ClusterSnapshot WalRemoved() => Healthy()
        .With("a", m => m with
        {
            Postgres = m.Postgres with
            {
                Senders = Reading.Of<IReadOnlyList<SenderRow>>([Sender("c")]),
                Slots = Reading.Of<IReadOnlyList<SlotRow>>([Slot("b", false, "0/9000000"), Slot("c", true, "0/A000100")]),
            },
        })
        .With("b", m => m with
        {
            Postgres = m.Postgres with
            {
                State = Reading.Of(m.Postgres.State.Value! with { ReceiveLsn = Lsn.Parse("0/6000000"), ReplayLsn = Lsn.Parse("0/6000110") }),
                Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([]),
                Backends = Reading.Of<IReadOnlyList<BackendRow>>([new BackendRow("startup", "Timeout", "RecoveryRetrieveRetryInterval")]),
            },
        });

    public static SlotRow Slot(string name, bool active, string restart, string status = "reserved") =>
        new() { Name = name, Type = "physical", IsActive = active, IsTemporary = false, RestartLsn = Lsn.Parse(restart), WalStatus = status };

    public static SenderRow Sender(string name) => new()
    {
        Pid = 100 + name[0],
        ApplicationName = name,
        State = "streaming",
        SentLsn = Position,
        WriteLsn = Position,
        FlushLsn = Position,
        ReplayLsn = Position,
        SyncState = "async",
    };

    private static MemberSnapshot Leader(string name) => Member(name, "leader", new PatroniStatus
    {
        State = "running",
        Role = "master",
        ServerVersion = 150018,
        Timeline = 2,
        Location = Position,
        SystemIdentifier = "77",
        PatroniVersion = "3.0.2",
        Scope = "demo",
        PostmasterStartTime = Now.AddDays(-2),
        DcsLastSeen = Now.AddSeconds(-3),
    }, State() with { IsInRecovery = false, CurrentLsn = Position, CurrentTimeline = 2 }) is var member
        ? member with
        {
            Postgres = member.Postgres with
            {
                Senders = Reading.Of<IReadOnlyList<SenderRow>>([Sender("b"), Sender("c")]),
                Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([]),
                Slots = Reading.Of<IReadOnlyList<SlotRow>>([Slot("b", true, "0/A000100"), Slot("c", true, "0/A000100")]),
            },
        }
        : throw new InvalidOperationException();

    private static MemberSnapshot Replica(string name) => Member(name, "replica", new PatroniStatus
    {
        State = "running",
        Role = "replica",
        ServerVersion = 150018,
        Timeline = 2,
        ReceivedLocation = Position,
        ReplayedLocation = Position,
        SystemIdentifier = "77",
        PatroniVersion = "3.0.2",
        Scope = "demo",
        PostmasterStartTime = Now.AddDays(-2),
        DcsLastSeen = Now.AddSeconds(-3),
    }, State() with { IsInRecovery = true, ReceiveLsn = Position, ReplayLsn = Position, IsReplayPaused = false });

    private static ServerState State() => new() { Version = 150018, PostmasterStartTime = Now.AddDays(-2), ServerTime = Now, WalSegmentSize = WalSegment.DefaultSize };

    private static MemberSnapshot Member(string name, string role, PatroniStatus status, ServerState state) => new()
    {
        Name = name,
        ApiUrl = new Uri($"http://{name}:8008/"),
        Host = name,
        Port = 5432,
        Listed = new ClusterViewMember(name, role, "running", new Uri($"http://{name}:8008/"), name, 5432, 2, role == "leader" ? null : 0, MemberTags.None, false, []),
        Patroni = Reading.Of(status),
        Postgres = new PostgresSnapshot
        {
            State = Reading.Of(state),
            Control = Reading.Of(new ControlData { SystemIdentifier = "77", CheckpointTimeline = 2, MinimumRecoveryEndTimeline = 2 }),
            Senders = Reading.Of<IReadOnlyList<SenderRow>>([]),
            Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([new ReceiverRow { Status = "streaming", ReceivedTimeline = 2, LastMessageReceivedAt = Now.AddSeconds(-4), SlotName = name, SenderHost = "a", SenderPort = 5432 }]),
            Slots = Reading.Of<IReadOnlyList<SlotRow>>([]),
            Wal = Reading.Of(new WalListing([new WalRange(2, 9, 12)], 4, 64L << 20)),
            Archiver = Reading.Of(new ArchiverRow { ArchivedCount = 0, FailedCount = 0 }),
            Settings = Reading.Of(new ServerSettings(new Dictionary<string, string>
            {
                ["archive_mode"] = "off",
                ["restore_command"] = "",
                ["max_wal_senders"] = "10",
                ["max_replication_slots"] = "10",
                ["max_slot_wal_keep_size"] = "-1",
                ["wal_keep_size"] = "16",
                ["wal_sender_timeout"] = "60000",
            })),
            Backends = Reading.Of<IReadOnlyList<BackendRow>>([new BackendRow("startup", "Activity", "RecoveryWalStream")]),
            ArchiveQueue = Reading.Of(new ArchiveQueue(0, null)),
            Collations = Reading.Of(new CollationVersions("2.36", "153.120")),
        },
    };
}

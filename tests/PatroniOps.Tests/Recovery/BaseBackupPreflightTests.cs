using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Recovery;

public sealed class BaseBackupPreflightTests
{
    private const long Size = 1L << 30;

    private static readonly Reading<PatroniStatus> Dead = Cluster.Unread<PatroniStatus>("refused");

    private static readonly NodeFacts SoundNode = new()
    {
        NodeName = "host-b", DataDirectory = "/srv/pg/data", ResolvedDirectory = "/srv/pg/data", DataVersion = "15", IsMountPoint = false, IsParentWritable = true,
        SystemIdentifier = "42", ProgramVersion = "15", FreeBytes = 10L << 30, IsPatroniRunning = true,
    };

    /// <summary>The change to the cluster, the condition that it concerns, and what comes of it.</summary>
    public static TheoryData<string, string, bool?> Clusters => new()
    {
        { "not listed", "member is known", false },
        { "target leads", "target is a replica", false },
        { "target calls itself leader", "target is a replica", false },
        { "target writes", "target is a replica", false },
        { "target down", "target is a replica", true },
        { "not listed", "target is a replica", null },
        { "no leader", "leader's REST answers", false },
        { "cluster not read", "leader's REST answers", null },
        { "leader REST dead", "leader's REST answers", false },
        { "leader SQL dead", "leader's PostgreSQL answers and is writable", false },
        { "leader in recovery", "leader's PostgreSQL answers and is writable", false },
        { "leader position not read", "leader's PostgreSQL answers and is writable", null },
        { "leader position not read", "leader has what its replicas have", null },
        { "paused", "cluster is not paused", false },
        { "cluster not read", "cluster is not paused", null },
        { "source unknown", "source is sound", false },
        { "source is the target", "source is sound", false },
        { "source streams", "source is sound", true },
        { "source broken", "source is sound", false },
        { "senders full", "free walsenders", false },
        { "senders not read", "free walsenders", null },
        { "settings not read", "free walsenders", null },
        { "source unknown", "free walsenders", null },
        { "slots full", "free replication slots", false },
        { "slots not read", "free replication slots", null },
        { "settings not read", "free replication slots", null },
        { "leader's system not read", "same system identifier", null },
        { "source's version not read", "programs of the same version", null },
        { "source unknown", "pg_verifybackup is known", null },
    };

    /// <summary>The same of the node.</summary>
    public static TheoryData<string, string, bool?> Nodes => new()
    {
        { "data is root", "it is a data directory", false },
        { "data leads to root", "it is a data directory", false },
        { "no data", "it is a data directory", false },
        { "no PG_VERSION", "it is a data directory", false },
        { "mount point", "it can be renamed", false },
        { "mount not read", "it can be renamed", null },
        { "parent not read", "it can be renamed", null },
        { "parent not writable", "it can be renamed", false },
        { "tablespace is a mount point", "it can be renamed", false },
        { "behind a link", "it can be renamed", false },
        { "another system", "same system identifier", false },
        { "control file not read", "same system identifier", null },
        { "a program missing", "programs of the same version", false },
        { "other programs", "programs of the same version", false },
        { "programs' version not read", "programs of the same version", null },
        { "disk too small", "disk for both copies", false },
        { "disk not read", "disk for both copies", null },
        { "Patroni stopped", "Patroni's service", true },
        { "service not known", "Patroni's service", null },
    };

    private static ClusterSnapshot Sound => Cluster.Healthy().With("a", m => m.Settings(("max_replication_slots", "10"))).With("c", m => m.Settings(("max_replication_slots", "10")));

    [Fact]
    public void A_healthy_replica_on_a_sound_node_passes_everything() =>
        Assert.All(BaseBackupPreflight.Check("b", Sound.Member("a"), Size, SoundNode, Sound), c => Assert.True(c.HasPassed, c.ToString()));

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Each_condition_of_the_cluster_can_fail_or_be_unknown(string change, string condition, bool? expected)
    {
        var snapshot = Changed(change);
        var source = snapshot.Members.FirstOrDefault(m => m.Name == change switch { "source unknown" => "z", "source is the target" => "b", "source streams" or "source broken" => "c", _ => "a" });
        Expect(expected, condition, BaseBackupPreflight.Check(change == "target leads" ? "a" : "b", source, Size, SoundNode, snapshot));
    }

    [Theory]
    [MemberData(nameof(Nodes))]
    public void Each_condition_of_the_node_can_fail_or_be_unknown(string change, string condition, bool? expected) =>
        Expect(expected, condition, BaseBackupPreflight.Check("b", Sound.Member("a"), Size, ChangedNode(change), Sound));

    [Fact]
    public void A_size_that_was_not_read_is_no_room() => Expect(null, "disk for both copies", BaseBackupPreflight.Check("b", Sound.Member("a"), null, SoundNode, Sound));

    [Theory]
    [InlineData(256L << 20, true)]
    [InlineData((256L << 20) - 1, false)]
    public void The_disk_must_take_the_databases_and_the_reserve(long beyond, bool expected) =>
        Expect(expected, "disk for both copies", BaseBackupPreflight.Check("b", Sound.Member("a"), Size, SoundNode with { FreeBytes = Size + beyond }, Sound));

    [Fact]
    public void Every_condition_is_shown_to_fail()
    {
        var shown = Clusters.Concat(Nodes).Where(row => !Equals(row[2], true)).Select(row => (string)row[1]!).ToHashSet();

        Assert.Equal([], BaseBackupPreflight.Check("b", Sound.Member("a"), Size, SoundNode, Sound).Select(c => c.Name).Where(name => !shown.Contains(name)));
    }

    private static void Expect(bool? expected, string condition, IReadOnlyList<PreflightCheck> checks)
    {
        var check = checks.Single(c => c.Name == condition);
        Assert.Equal(expected, check.HasPassed);
        Assert.NotEmpty(check.Text);
    }

    private static ClusterSnapshot Changed(string change) => change switch
    {
        "not listed" => Sound with { Members = [.. Sound.Members.Where(m => m.Name != "b")] },
        "target calls itself leader" => Sound.With("b", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { Role = "primary" }) }),
        "target writes" => Sound.With("b", m => m.State(s => s with { IsInRecovery = false })),
        "target down" => Sound.With("b", m => m with { Patroni = Dead, Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused") }),
        "no leader" => Sound.With("a", m => m with { Listed = m.Listed! with { Role = "replica" } }),
        "cluster not read" => Sound.With("a", m => m with { Listed = null }) with { View = Cluster.Unread<ClusterView>() },
        "leader REST dead" => Sound.With("a", m => m with { Patroni = Dead }),
        "leader SQL dead" => Sound.With("a", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused") }),
        "leader in recovery" => Sound.With("a", m => m.State(s => s with { IsInRecovery = true })),
        "leader position not read" => Sound with { LeaderLsnAfter = null },
        "leader's system not read" => Sound.With("a", m => m with { Patroni = Dead }),
        "paused" => Sound with { View = Reading.Of(Sound.View.Value! with { IsPaused = true }) },
        "source broken" => Sound.Stuck("c", "0/7000000"),
        "senders full" => Sound.With("a", m => m.Settings(("max_wal_senders", "4"))),
        "senders not read" => Sound.With("a", m => m.Sql(p => p with { Senders = Cluster.Unread<IReadOnlyList<SenderRow>>() })),
        "settings not read" => Sound.With("a", m => m.Sql(p => p with { Settings = Cluster.Unread<ServerSettings>() })),
        "slots full" => Sound.With("a", m => m.Settings(("max_replication_slots", "3"))),
        "slots not read" => Sound.With("a", m => m.Sql(p => p with { Slots = Cluster.Unread<IReadOnlyList<SlotRow>>() })),
        "source's version not read" => Sound.With("a", m => m.Sql(p => p with { State = Cluster.Unread<ServerState>() })),
        "target leads" or "source unknown" or "source is the target" or "source streams" => Sound,
        _ => throw new ArgumentException(change, nameof(change)),
    };

    private static NodeFacts ChangedNode(string change) => change switch
    {
        "data is root" => SoundNode with { DataDirectory = "//", ResolvedDirectory = "/" },
        "data leads to root" => SoundNode with { ResolvedDirectory = "/" },
        "no data" => SoundNode with { ResolvedDirectory = null, DataVersion = null },
        "no PG_VERSION" => SoundNode with { DataVersion = null },
        "mount point" => SoundNode with { IsMountPoint = true },
        "mount not read" => SoundNode with { IsMountPoint = null },
        "parent not read" => SoundNode with { IsParentWritable = null },
        "parent not writable" => SoundNode with { IsParentWritable = false },
        "tablespace is a mount point" => SoundNode with { FixedLinks = ["/mnt/fast"] },
        "behind a link" => SoundNode with { ResolvedDirectory = "/mnt/big/data" },
        "another system" => SoundNode with { SystemIdentifier = "43" },
        "control file not read" => SoundNode with { SystemIdentifier = null },
        "a program missing" => SoundNode with { MissingPrograms = ["pg_verifybackup"] },
        "other programs" => SoundNode with { ProgramVersion = "14" },
        "programs' version not read" => SoundNode with { ProgramVersion = null },
        "disk too small" => SoundNode with { FreeBytes = Size },
        "disk not read" => SoundNode with { FreeBytes = null },
        "Patroni stopped" => SoundNode with { IsPatroniRunning = false },
        "service not known" => SoundNode with { IsPatroniRunning = null },
        _ => throw new ArgumentException(change, nameof(change)),
    };
}

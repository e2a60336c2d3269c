using PatroniOps.Archives;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Recovery;

public sealed class ReinitializePreflightTests
{
    private static readonly Reading<PatroniStatus> Dead = Cluster.Unread<PatroniStatus>("refused");

    /// <summary>The case, the change, the condition that it concerns, and what comes of it.</summary>
    public static TheoryData<string, string, bool?> Cases => new()
    {
        { "not listed", "member is known", false },
        { "cluster not read", "member is known", null },
        { "target leads", "target is a replica", false },
        { "target calls itself leader", "target is a replica", false },
        { "target writes", "target is a replica", false },
        { "target REST dead", "target is a replica", null },
        { "no leader", "leader's REST answers", false },
        { "leader REST dead", "leader's REST answers", false },
        { "leader calls itself replica", "leader's REST answers", false },
        { "leader starting", "leader's REST answers", false },
        { "leader lost the DCS", "leader's REST answers", false },
        { "no leader", "leader's PostgreSQL answers and is writable", null },
        { "leader SQL dead", "leader's PostgreSQL answers and is writable", false },
        { "leader in recovery", "leader's PostgreSQL answers and is writable", false },
        { "leader position not read", "leader's PostgreSQL answers and is writable", null },
        { "leader went back", "leader has what its replicas have", false },
        { "leader position not read", "leader has what its replicas have", null },
        { "no leader", "leader has what its replicas have", null },
        { "senders full", "free walsenders for the copy", false },
        { "settings not read", "free walsenders for the copy", null },
        { "senders not read", "free walsenders for the copy", null },
        { "creating", "no rebuild already runs", false },
        { "target REST dead", "no rebuild already runs", null },
    };

    [Fact]
    public void A_healthy_cluster_passes_everything() => Assert.All(Check("b", Cluster.Healthy()), c => Assert.True(c.HasPassed, c.ToString()));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_condition_can_fail_or_be_unknown(string change, string condition, bool? expected)
    {
        var check = Check(change == "target leads" ? "a" : "b", Changed(change)).Single(c => c.Name == condition);

        Assert.Equal(expected, check.HasPassed);
        Assert.NotEmpty(check.Text);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void A_copy_needs_two_senders_and_the_targets_own_stream_frees_one(int others, bool expected)
    {
        var senders = Enumerable.Range(0, others).Select(i => Cluster.Sender($"x{i}")).Append(Cluster.Sender("b")).ToArray();

        Assert.Equal(expected, Check("b", Cluster.Healthy().With("a", m => m.Senders(senders))).Single(c => c.Name.StartsWith("free", StringComparison.Ordinal)).HasPassed);
    }

    [Fact]
    public void A_member_that_does_not_exist_passes_nothing_about_itself() =>
        Assert.Equal([false, null, true, true, true, true, null, true], Check("nobody", Cluster.Healthy()).Select(c => c.HasPassed));

    [Fact]
    public void A_standby_leader_in_recovery_is_a_good_source() => Assert.All(Check("b", Cluster.Healthy()
        .With("a", m => (m with { Listed = m.Listed! with { Role = "standby_leader" }, Patroni = Reading.Of(m.Patroni.Value! with { Role = "standby_leader" }) }).State(s => s with { IsInRecovery = true, CurrentLsn = null }))),
        c => Assert.True(c.HasPassed, c.ToString()));

    /// <summary>What was read of Patroni's way to make the copy, and what comes of it: passed, and whether it forbids the rebuild.</summary>
    public static TheoryData<string, bool?, bool> Creations => new()
    {
        { "no method", true, false },
        { "node not reached", null, false },
        { "node named and not read", null, true },
        { "cluster's configuration not read", null, true },
        { "whole repository", true, false },
        { "repository with a gap", false, true },
        { "repository without a backup", false, true },
        { "repository not asked", null, true },
    };

    [Theory]
    [MemberData(nameof(Creations))]
    public void A_repository_with_a_gap_forbids_it_and_one_that_was_not_asked_does_so_too(string creation, bool? passed, bool objects)
    {
        var snapshot = Cluster.Healthy();
        if (creation == "cluster's configuration not read")
            snapshot = snapshot with { Configuration = Cluster.Unread<DynamicConfiguration>() };
        var checks = ReinitializePreflight.Check("b", Created(creation), snapshot).Where(c => c.Name == "create_replica_methods restore no gap").ToList();

        Assert.Equal(objects, checks.Exists(c => c.IsObjection));
        Assert.Equal(passed, checks.Exists(c => c.HasPassed == false) ? false : checks.Exists(c => c.HasPassed is null) ? null : true);
        Assert.All(checks, c => Assert.NotEmpty(c.Text));
    }

    [Fact]
    public void A_rebuild_in_steps_that_is_at_work_forbids_it() =>
        Assert.False(ReinitializePreflight.Check("b", new ReinitializeFacts { AtWork = "ann" }, Cluster.Healthy()).Single(c => c.Name == "no rebuild already runs").HasPassed);

    [Theory]
    [InlineData(null, "3.0.2", true)]
    [InlineData("a", "4.1.0", true)]
    [InlineData("a", "4.0.9", false)]
    [InlineData("a", "", null)]
    [InlineData("c", "4.1.0", false)]
    public void Only_the_leader_can_be_named_and_only_to_a_Patroni_that_listens(string? source, string version, bool? expected)
    {
        var checks = ReinitializePreflight.Check("b", new ReinitializeFacts(), Cluster.Healthy(version: version), source);

        Assert.Equal(expected, checks.All(c => c.HasPassed == true) ? true : checks.Any(c => c.HasPassed == false) ? false : null);
    }

    private static ReinitializeFacts Created(string creation) => creation switch
    {
        "node not reached" => ReinitializeFacts.Unread("no route"),
        "node named and not read" => ReinitializeFacts.Unread("no route") with { IsNodeNamed = true },
        "whole repository" => From(Reading.Of(new PgBackRestRepository("F", "000000010000000000000002", [new WalRange(1, 2, 8)]))),
        "repository with a gap" => From(Reading.Of(new PgBackRestRepository("F", "000000010000000000000002", [new WalRange(1, 2, 4), new WalRange(1, 6, 8)]))),
        "repository without a backup" => From(Reading.Of(new PgBackRestRepository(null, null, []))),
        "repository not asked" => From(Cluster.Unread<PgBackRestRepository>()),
        _ => new ReinitializeFacts(),
    };

    private static ReinitializeFacts From(Reading<PgBackRestRepository> repository) => new() { Methods = [new MethodRepository("pgbackrest", repository)] };

    private static IReadOnlyList<PreflightCheck> Check(string member, ClusterSnapshot snapshot) => ReinitializePreflight.Check(member, new ReinitializeFacts(), snapshot);

    private static ClusterSnapshot Changed(string change)
    {
        var healthy = Cluster.Healthy();
        return change switch
        {
            "not listed" => healthy.With("b", m => m with { Listed = null }),
            "cluster not read" => healthy.With("b", m => m with { Listed = null }) with { View = Cluster.Unread<ClusterView>("nobody answered") },
            "target leads" => healthy,
            "target calls itself leader" => healthy.With("b", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { Role = "primary" }) }),
            "target writes" => healthy.With("b", m => m.State(s => s with { IsInRecovery = false })),
            "target REST dead" => healthy.With("b", m => m with { Patroni = Dead }),
            "no leader" => healthy.With("a", m => m with { Listed = m.Listed! with { Role = "replica" } }),
            "leader REST dead" => healthy.With("a", m => m with { Patroni = Dead }),
            "leader calls itself replica" => healthy.With("a", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { Role = "replica" }) }),
            "leader starting" => healthy.With("a", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { State = "starting" }) }),
            "leader lost the DCS" => healthy.With("a", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { DcsLastSeen = Cluster.Now - TimeSpan.FromSeconds(31) }) }),
            "leader SQL dead" => healthy.With("a", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused") }),
            "leader in recovery" => healthy.With("a", m => m.State(s => s with { IsInRecovery = true })),
            "leader position not read" => healthy with { LeaderLsnAfter = null },
            "leader went back" => healthy.With("b", Beyond).With("c", Beyond),
            "senders full" => healthy.With("a", m => m.Settings(("max_wal_senders", "2"))),
            "settings not read" => healthy.With("a", m => m.Sql(p => p with { Settings = Cluster.Unread<ServerSettings>() })),
            "senders not read" => healthy.With("a", m => m.Sql(p => p with { Senders = Cluster.Unread<IReadOnlyList<SenderRow>>() })),
            "creating" => healthy.With("b", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { State = "creating replica" }) }),
            _ => throw new ArgumentException(change, nameof(change)),
        };
    }

    private static MemberSnapshot Beyond(MemberSnapshot member) => member.State(s => s with { ReceiveLsn = Cluster.Tip + 1, ReplayLsn = Cluster.Tip + 1 });
}

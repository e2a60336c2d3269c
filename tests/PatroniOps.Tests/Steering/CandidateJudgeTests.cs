using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Steering;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Steering;

public sealed class CandidateJudgeTests
{
    private const string Lead = "candidate may lead";
    private const string Rest = "candidate's REST answers";
    private const string Sql = "candidate's PostgreSQL answers";
    private const string Streams = "candidate streams";
    private const string History = "candidate's history is the cluster's";
    private const string Lag = "candidate lacks little";
    private const string Synchronous = "candidate is a synchronous standby where that is wanted";
    private const string Copies = "no other leader would lose data";
    private const string Leader = "leader answers and takes writes";

    /// <summary>What is changed in a healthy cluster, the condition that it concerns, and what comes of it for candidate b.</summary>
    public static TheoryData<string, string, bool?> Cases => new()
    {
        { "nofailover", Lead, false },
        { "failover_priority 0", Lead, false },
        { "watchdog failed", Lead, false },
        { "REST dead", Rest, false },
        { "starting", Rest, false },
        { "calls itself primary", Rest, false },
        { "SQL dead", Sql, false },
        { "SQL not configured", Sql, null },
        { "takes writes", Sql, false },
        { "recovery not read", Sql, null },
        { "stuck", Streams, false },
        { "receiver not read", Streams, null },
        { "leader's senders not read", Streams, null },
        { "silent", Streams, false },
        { "older timeline", History, false },
        { "newer timeline", History, false },
        { "timeline not read", History, null },
        { "ahead", History, false },
        { "was ahead", History, false },
        { "another system", History, false },
        { "2 MB behind", Lag, false },
        { "position not read", Lag, null },
        { "configuration not read", Lag, null },
        { "configuration not read", Synchronous, null },
        { "synchronous, b is not", Synchronous, false },
        { "synchronous, b is", Synchronous, true },
        { "not listed", "candidate is a member", false },
        { "cluster not read", "candidate is a member", null },
        { "b leads", "candidate is not the leader", false },
        { "c has diverged", Copies, false },
        { "c was ahead", Copies, false },
        { "two primaries", Copies, false },
        { "no leader", Leader, false },
        { "leader REST dead", Leader, false },
        { "leader SQL dead", Leader, false },
        { "leader in recovery", Leader, false },
        { "scheduled", "no switchover is scheduled", false },
    };

    [Fact]
    public void A_healthy_replica_passes_everything() =>
        Assert.All(SwitchoverPreflight.Check(new SwitchoverRequest { Candidate = "b" }, Cluster.Healthy()), c => Assert.True(c.HasPassed, c.ToString()));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_condition_can_fail_or_be_unknown(string change, string condition, bool? expected)
    {
        var check = SwitchoverPreflight.Check(new SwitchoverRequest { Candidate = "b" }, Changed(change)).Single(c => c.Name == condition);

        Assert.Equal(expected, check.HasPassed);
        Assert.NotEmpty(check.Text);
        if (expected != true)
            Assert.Equal(expected is null, check.Objection.StartsWith("not known", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1 << 20, true)]
    [InlineData((1 << 20) - 1, false)]
    public void The_limit_of_the_lag_is_allowed_itself(long limit, bool expected) =>
        Assert.Equal(expected, CandidateJudge.Check("b", Behind(Cluster.Healthy(), 1 << 20), limit).Single(c => c.Name == Lag).HasPassed);

    [Fact]
    public void Everything_that_is_in_the_way_is_told_together()
    {
        var snapshot = Changed("nofailover").Stuck("b", "0/8000000");
        var refusal = Assert.Throws<PatroniOpsException>(() => Switchover.Choose(new SwitchoverRequest { Candidate = "b" }, snapshot, _ => { }));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        foreach (var part in new[] { "nothing was changed", "nofailover", "does not stream", "behind" })
            Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("healthy", "b")]
    [InlineData("b lags", "c")]
    [InlineData("c synchronous", "c")]
    [InlineData("nofailover", "c")]
    [InlineData("c priority 5", "c")]
    public void The_best_candidate_passes_and_lacks_least(string change, string expected) =>
        Assert.Equal(expected, Switchover.Choose(new SwitchoverRequest(), Changed(change), _ => { }));

    [Fact]
    public void Without_a_good_candidate_each_says_why()
    {
        var snapshot = Changed("nofailover").With("c", m => m with { Patroni = Cluster.Unread<PatroniStatus>("refused") });
        var refusal = Assert.Throws<PatroniOpsException>(() => Switchover.Choose(new SwitchoverRequest(), snapshot, _ => { }));

        Assert.Contains("b has the tag nofailover", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("the REST API of c does not answer", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leader REST dead")]
    [InlineData("leader SQL dead")]
    [InlineData("no leader")]
    public void A_failover_needs_no_leader(string change) =>
        Assert.Equal("b", Switchover.Choose(new SwitchoverRequest { Candidate = "b", IsFailover = true }, Changed(change), _ => { }));

    [Fact]
    public void A_failover_without_a_leader_goes_to_who_has_got_furthest()
    {
        var refusal = Assert.Throws<PatroniOpsException>(() => Switchover.Choose(new SwitchoverRequest { Candidate = "b", IsFailover = true }, Behind(Changed("no leader"), 2 << 20), _ => { }));

        Assert.Contains("2 MiB behind", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("c", Switchover.Choose(new SwitchoverRequest { Candidate = "c", IsFailover = true }, Behind(Changed("no leader"), 2 << 20), _ => { }));
    }

    [Theory]
    [InlineData(-1, false, false)]
    [InlineData(60, true, false)]
    [InlineData(60, false, true)]
    public void A_time_must_be_to_come_and_the_cluster_not_paused(int seconds, bool isPaused, bool expected)
    {
        var healthy = Cluster.Healthy();
        var snapshot = healthy with { View = Reading.Of(healthy.View.Value! with { IsPaused = isPaused }) };

        Assert.Equal(expected, SwitchoverPreflight.Check(new SwitchoverRequest { At = Cluster.Now.AddSeconds(seconds) }, snapshot).Single(c => c.Name == "time").HasPassed);
    }

    private static ClusterSnapshot Behind(ClusterSnapshot snapshot, long bytes) => snapshot.With("b", m => m.State(s => s with { ReceiveLsn = Cluster.Tip + -bytes, ReplayLsn = Cluster.Tip + -bytes }));

    private static ClusterSnapshot Changed(string change)
    {
        var healthy = Cluster.Healthy();
        return change switch
        {
            "healthy" => healthy,
            "nofailover" => Tagged(healthy, "b", "nofailover", "true"),
            "failover_priority 0" => Tagged(healthy, "b", "failover_priority", "0"),
            "c priority 5" => Tagged(healthy, "c", "failover_priority", "5"),
            "watchdog failed" => Status(healthy, "b", s => s with { HasWatchdogFailed = true }),
            "REST dead" => healthy.With("b", m => m with { Patroni = Cluster.Unread<PatroniStatus>("refused") }),
            "starting" => Status(healthy, "b", s => s with { State = "starting" }),
            "calls itself primary" => Status(healthy, "b", s => s with { Role = "primary" }),
            "SQL dead" => healthy.With("b", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused") }),
            "SQL not configured" => healthy.With("b", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.NotConfigured, "no login") }),
            "takes writes" => healthy.With("b", m => m.State(s => s with { IsInRecovery = false })),
            "recovery not read" => healthy.With("b", m => m.State(s => s with { IsInRecovery = null })),
            "stuck" => healthy.Stuck("b", "0/9000100"),
            "receiver not read" => healthy.With("b", m => m.Sql(p => p with { Receivers = Cluster.Unread<IReadOnlyList<ReceiverRow>>() })),
            "leader's senders not read" => healthy.With("a", m => m.Sql(p => p with { Senders = Cluster.Unread<IReadOnlyList<SenderRow>>() })),
            "silent" => Receiver(healthy, r => r with { LastMessageReceivedAt = Cluster.Now - TimeSpan.FromMinutes(5) }),
            "older timeline" => healthy.With("a", m => m.State(s => s with { CurrentTimeline = 2 })),
            "newer timeline" => Receiver(healthy, r => r with { ReceivedTimeline = 2 }),
            "timeline not read" => Status(Receiver(healthy, r => r with { ReceivedTimeline = null }), "b", s => s with { Timeline = null }).With("b", m => (m with { Listed = m.Listed! with { Timeline = null } }).Sql(p => p with { Control = Cluster.Unread<ControlData>() })),
            "ahead" => Behind(healthy, -100),
            "was ahead" => WasAhead(healthy, "b"),
            "c was ahead" => WasAhead(healthy, "c"),
            "another system" => Status(healthy, "b", s => s with { SystemIdentifier = "43" }),
            "2 MB behind" or "b lags" => Behind(healthy, change == "b lags" ? 1000 : 2 << 20),
            "position not read" => Status(healthy, "b", s => s with { ReceivedLocation = null }).With("b", m => m.State(s => s with { ReceiveLsn = null, ReplayLsn = null })),
            "configuration not read" => healthy with { Configuration = Cluster.Unread<DynamicConfiguration>() },
            "synchronous, b is not" => Cluster.Healthy("""{"synchronous_mode": true}"""),
            "synchronous, b is" => Cluster.Healthy("""{"synchronous_mode": "quorum"}""").With("b", m => m with { Listed = m.Listed! with { Role = "quorum_standby" } }),
            "c synchronous" => Cluster.Healthy("""{"synchronous_mode": true}""").With("c", m => m with { Listed = m.Listed! with { Role = "sync_standby" } }),
            "not listed" => healthy.With("b", m => m with { Listed = null, IsAbsent = true }),
            "cluster not read" => healthy.With("b", m => m with { Listed = null }) with { View = Cluster.Unread<ClusterView>("nobody answered") },
            "b leads" => healthy.With("a", m => m with { Listed = m.Listed! with { Role = "replica" } }).With("b", m => m with { Listed = m.Listed! with { Role = "leader" } }),
            "c has diverged" => healthy.With("c", m => m.State(s => s with { ReceiveLsn = Cluster.Tip + 100, ReplayLsn = Cluster.Tip + 100 })),
            "two primaries" => healthy.With("c", m => m.State(s => s with { IsInRecovery = false })),
            "no leader" => healthy.With("a", m => m with { Listed = m.Listed! with { Role = "replica", State = "stopped" }, Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused"), Patroni = Cluster.Unread<PatroniStatus>("refused") }) with { LeaderLsnAfter = null },
            "leader REST dead" => healthy.With("a", m => m with { Patroni = Cluster.Unread<PatroniStatus>("refused") }),
            "leader SQL dead" => healthy.With("a", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused") }) with { LeaderLsnAfter = null },
            "leader in recovery" => healthy.With("a", m => m.State(s => s with { IsInRecovery = true })),
            "scheduled" => healthy with { View = Reading.Of(healthy.View.Value! with { ScheduledSwitchoverAt = Cluster.Now.AddHours(1) }) },
            _ => throw new ArgumentException(change, nameof(change)),
        };
    }

    private static ClusterSnapshot Status(ClusterSnapshot snapshot, string name, Func<PatroniStatus, PatroniStatus> change) => snapshot.With(name, m => m with { Patroni = Reading.Of(change(m.Patroni.Value!)) });

    private static ClusterSnapshot Tagged(ClusterSnapshot snapshot, string name, string tag, string value) =>
        Status(snapshot, name, s => s with { Tags = new MemberTags(new Dictionary<string, string> { [tag] = value }) });

    private static ClusterSnapshot Receiver(ClusterSnapshot snapshot, Func<ReceiverRow, ReceiverRow> change) =>
        snapshot.With("b", m => m.Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([change(p.Receivers.Value![0])]) }));

    private static ClusterSnapshot WasAhead(ClusterSnapshot snapshot, string name) => snapshot with { Observed = new Observations { Members = [new MemberObservation { Name = name, AheadAt = Cluster.Tip }] } };
}

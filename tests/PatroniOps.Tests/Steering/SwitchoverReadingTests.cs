using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Steering;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Steering;

public sealed class SwitchoverReadingTests
{
    [Theory]
    [InlineData("before", false, false)]
    [InlineData("b listed", false, false)]
    [InlineData("b promoted on the same timeline", false, false)]
    [InlineData("b promoted", true, false)]
    [InlineData("a takes writes too", true, false)]
    [InlineData("c follows", true, false)]
    [InlineData("all follow", true, true)]
    public void It_is_done_when_the_new_leader_takes_writes_on_a_new_timeline_and_all_follow(string state, bool isLed, bool isDone)
    {
        var reading = SwitchoverReading.Of(Cluster.Healthy(), After(state));

        Assert.Equal((isLed, isDone), (reading.NewLeader?.Name == "b", reading.IsDone));
        Assert.NotEmpty(reading.Phase);
        Assert.Equal(isDone ? 0 : 1, Math.Min(1, reading.NotFollowing.Count));
    }

    [Fact]
    public void Who_did_not_stream_before_need_not_follow()
    {
        var before = Cluster.Healthy().Stuck("c", "0/8000000");
        var now = After("all follow").Stuck("c", "0/8000000");

        Assert.True(SwitchoverReading.Of(before, now).IsDone);
        Assert.Equal(["a"], SwitchoverReading.Of(before, now).Following);
    }

    [Fact]
    public void A_new_standby_leader_takes_no_writes()
    {
        var before = Standby(Cluster.Healthy(), "a");
        Assert.Null(SwitchoverReading.Of(before, before).NewLeader);
        Assert.Equal("b", SwitchoverReading.Of(before, Standby(Cluster.Healthy().With("a", m => m with { Listed = m.Listed! with { Role = "replica" } }), "b")).NewLeader?.Name);
    }

    [Fact]
    public void A_member_that_no_longer_answers_is_told_with_its_reason() => Assert.Equal(
        [new UnseenMember("c", "refused")],
        SwitchoverReading.Of(Cluster.Healthy(), After("all follow").With("c", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused") })).NotFollowing);

    [Fact]
    public void A_rolling_restart_takes_the_leader_last_and_only_who_waits()
    {
        var snapshot = Cluster.Healthy().With("a", Pending).With("c", Pending);

        Assert.Equal(["b", "c", "a"], RollingRestart.Order(_ => true, pendingOnly: false, snapshot));
        Assert.Equal(["c", "a"], RollingRestart.Order(_ => true, pendingOnly: true, snapshot));
        Assert.Equal(["c"], RollingRestart.Order(name => name == "c", pendingOnly: true, snapshot));
        Assert.Contains("Switch over from a to b", RollingRestart.Plan(["c", "a"], snapshot)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_rolling_restart_begins_only_when_all_can_be_restarted()
    {
        var healthy = Cluster.Healthy();
        Assert.All(RollingRestart.Check(["b", "c", "a"], healthy), c => Assert.True(c.HasPassed, c.ToString()));
        Assert.Contains(RollingRestart.Check(["b"], healthy.With("b", m => m with { Patroni = Cluster.Unread<PatroniStatus>("refused") })), c => c.HasPassed == false);
        // The leader needs somebody to hand over to; a replica does not.
        var noCandidate = healthy.Stuck("b", "0/9000100").Stuck("c", "0/9000100");
        Assert.Contains(RollingRestart.Check(["b", "a"], noCandidate), c => c.HasPassed == false);
        Assert.All(RollingRestart.Check(["b"], noCandidate), c => Assert.True(c.HasPassed, c.ToString()));
    }

    private static ClusterSnapshot Standby(ClusterSnapshot snapshot, string leader) => snapshot.With(leader, m =>
        (m with { Listed = m.Listed! with { Role = "standby_leader" }, Patroni = Reading.Of(m.Patroni.Value! with { Role = "standby_leader" }) }).State(s => s with { IsInRecovery = true, CurrentLsn = null }));

    private static MemberSnapshot Pending(MemberSnapshot member) => member with { Patroni = Reading.Of(member.Patroni.Value! with { HasPendingRestart = true }) };

    private static ClusterSnapshot After(string state)
    {
        var healthy = Cluster.Healthy();
        if (state == "before")
            return healthy;
        var listed = healthy.With("a", m => m with { Listed = m.Listed! with { Role = "replica" } }).With("b", m => m with { Listed = m.Listed! with { Role = "leader" } });
        if (state == "b listed")
            return listed;
        var tip = Cluster.Tip + 1000;
        var timeline = state == "b promoted on the same timeline" ? 1u : 2u;
        var promoted = listed.With("b", m => m.State(s => s with { IsInRecovery = false, CurrentLsn = tip, CurrentTimeline = timeline, ReceiveLsn = null, ReplayLsn = null }).Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([]) })) with { LeaderLsnAfter = tip };
        if (state is "b promoted" or "b promoted on the same timeline" or "a takes writes too")
            return state == "a takes writes too" ? promoted : promoted.With("a", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "refused") });
        var c = Follow(promoted, "c");
        return state == "c follows" ? c : Follow(c, "a");
    }

    private static ClusterSnapshot Follow(ClusterSnapshot snapshot, string name) => snapshot
        .With(name, m => m.State(s => s with { IsInRecovery = true, CurrentLsn = null, CurrentTimeline = null, ReceiveLsn = Cluster.Tip, ReplayLsn = Cluster.Tip })
            .Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([new ReceiverRow { Status = "streaming", ReceivedTimeline = 2, LastMessageReceivedAt = Cluster.Now }]) }))
        .With("b", m => m.Senders([.. m.Postgres.Senders.Value!, Cluster.Sender(name)]));
}

using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class ReplicationCheckTests
{
    [Theory]
    [InlineData("60000", 59, true)]
    [InlineData("60000", 61, false)]
    [InlineData("120000", 100, true)]
    [InlineData("0", 59, true)]
    [InlineData("0", 61, null)]
    [InlineData("0", 86400, null)]
    public void A_message_is_fresh_within_wal_sender_timeout_and_without_one_silence_proves_nothing(string timeout, int seconds, bool? expected)
    {
        var snapshot = Heard(seconds).With("a", m => m.Settings(("wal_sender_timeout", timeout))).With("b", m => m.Settings(("wal_sender_timeout", "1")));

        Assert.Equal(expected, IsFresh(snapshot));
    }

    [Fact]
    public void In_a_cascade_the_timeout_is_that_of_the_node_which_sends()
    {
        var snapshot = Heard(100)
            .With("b", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { Tags = MemberTags.Parse(JsonText.Parse("""{"replicatefrom": "c"}""")) }) })
            .With("c", m => m.Settings(("wal_sender_timeout", "120000")));

        Assert.True(IsFresh(snapshot));
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, null)]
    public void A_sender_whose_settings_were_not_read_has_no_known_timeout(int seconds, bool? expected) =>
        Assert.Equal(expected, IsFresh(Heard(seconds).With("a", m => m.Sql(p => p with { Settings = Cluster.Unread<ServerSettings>() }))));

    [Theory]
    [InlineData("1", "60000", 59, true)]
    [InlineData("1", "60000", 61, false)]
    [InlineData("1", "120000", 100, true)]
    [InlineData("1", "10000", 13, false)]
    [InlineData("1", "0", 59, true)]
    [InlineData("1", "0", 61, null)]
    [InlineData("5", "60000", 13, true)]
    [InlineData("6", "60000", 13, false)]
    [InlineData("0", "60000", 13, false)]
    public void A_sender_that_is_reported_to_often_enough_never_asks_and_the_receivers_own_timeout_counts(string interval, string own, int seconds, bool? expected)
    {
        var snapshot = Heard(seconds)
            .With("a", m => m.Settings(("wal_sender_timeout", "12000")))
            .With("b", m => m.Settings(("wal_receiver_status_interval", interval), ("wal_receiver_timeout", own)));

        Assert.Equal(expected, IsFresh(snapshot));
    }

    [Fact]
    public void Without_a_message_or_a_clock_it_is_not_known()
    {
        Assert.Null(IsFresh(Cluster.Healthy().With("b", m => m.Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([]) }))));
        Assert.Null(IsFresh(Cluster.Healthy().With("b", m => m.State(s => s with { ServerTime = null }))));
    }

    [Fact]
    public void One_end_that_was_not_read_leaves_the_stream_unknown()
    {
        var snapshot = Cluster.Healthy().With("b", m => m.Sql(p => p with { Receivers = Cluster.Unread<IReadOnlyList<ReceiverRow>>() })).With("a", m => m);

        Assert.Null(ReplicationCheck.IsStreaming(ReplicaLink.Of(snapshot.Member("b"), snapshot), snapshot));
        Assert.True(ReplicationCheck.IsStreaming(ReplicaLink.Of(snapshot.Member("c"), snapshot), snapshot));
    }

    [Theory]
    [InlineData("startup")]
    [InlineData("catchup")]
    [InlineData("backup")]
    public void A_sender_that_does_not_stream_is_no_stream(string state)
    {
        var snapshot = Cluster.Healthy().With("a", m => m.Senders(Cluster.Sender("b", state)));

        Assert.False(ReplicationCheck.IsStreaming(ReplicaLink.Of(snapshot.Member("b"), snapshot), snapshot));
    }

    [Fact]
    public void A_slot_that_another_member_holds_does_not_lend_its_sender()
    {
        // The names b and B become the same slot name.
        var healthy = Cluster.Healthy();
        var snapshot = healthy with { Members = [healthy.Member("a").Slots(Cluster.Slot("b") with { ActivePid = 7 }).Senders(Cluster.Sender("b") with { Pid = 7 }), healthy.Member("b"), healthy.Member("c") with { Name = "B" }] };

        Assert.Equal(7, ReplicaLink.Of(snapshot.Member("b"), snapshot).Sender?.Pid);
        Assert.Null(ReplicaLink.Of(snapshot.Member("B"), snapshot).Sender);
        Assert.Equal("b", ReplicaLink.Of(snapshot.Member("B"), snapshot).SlotHolder);
        Assert.Null(ReplicaLink.Of(snapshot.Member("b"), snapshot).SlotHolder);
    }

    [Fact]
    public void A_replica_whose_slot_another_member_holds_does_not_come_by_itself_and_the_holder_is_named()
    {
        var healthy = Cluster.Healthy();
        var second = healthy.Member("c").Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([]) }) with { Name = "B" };
        var snapshot = healthy with { Members = [healthy.Member("a").Slots(Cluster.Slot("b") with { ActivePid = 7 }).Senders(Cluster.Sender("b") with { Pid = 7 }), healthy.Member("b"), second] };
        var judged = WalAvailabilityJudge.Judge(snapshot).ToDictionary(r => r.Member);

        Assert.True(judged["b"].IsAvailable);
        Assert.False(judged["B"].IsAvailable);
        Assert.Contains("held by b,", judged["B"].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sender_under_another_name_is_known_by_its_slot()
    {
        var snapshot = Cluster.Healthy().With("a", m => m.Slots(Cluster.Slot("b") with { ActivePid = 7 }).Senders(Cluster.Sender("walreceiver") with { Pid = 7 }));

        Assert.Equal(7, ReplicaLink.Of(snapshot.Member("b"), snapshot).Sender?.Pid);
    }

    private static bool? IsFresh(ClusterSnapshot snapshot) => ReplicationCheck.IsFresh(ReplicaLink.Of(snapshot.Member("b"), snapshot));

    private static ClusterSnapshot Heard(int secondsAgo) => Cluster.Healthy().With("b", m => m.Sql(p => p with
    {
        Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([p.Receivers.Value![0] with { LastMessageReceivedAt = Cluster.Now - TimeSpan.FromSeconds(secondsAgo) }]),
    }));
}

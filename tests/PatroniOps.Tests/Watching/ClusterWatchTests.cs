using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;
using PatroniOps.Watching;

namespace PatroniOps.Tests.Watching;

public sealed class ClusterWatchTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);

    private readonly ClusterWatch watch = new(Settle, new Thresholds());
    private readonly List<ClusterEvent> events = [];

    [Fact]
    public void A_healthy_cluster_is_told_of_once()
    {
        Look(0, Healthy());
        Look(15, Healthy());

        var began = Assert.Single(events);
        Assert.Equal((ClusterEventKind.Began, Verdict.Healthy, null, null), (began.Kind, began.Verdict, began.Id, began.Duration));
    }

    [Fact]
    public void Missing_WAL_is_told_at_once_and_closed_when_it_has_stayed_away()
    {
        Look(0, Healthy());
        Look(15, Broken());
        var opened = Assert.Single(events, e => e is { Kind: ClusterEventKind.Opened, Id: "WalMissing" });
        Assert.Equal(("c", FindingSeverity.Critical, Verdict.PseudoHealthy), (opened.Member, opened.Severity, opened.Verdict));
        Assert.Contains(events, e => e is { Kind: ClusterEventKind.Worsened, Id: null, Verdict: Verdict.PseudoHealthy, PreviousVerdict: Verdict.Healthy });
        Assert.Equal(TimeSpan.FromSeconds(15), events.Single(e => e.Kind == ClusterEventKind.Worsened).Duration);

        Look(30, Healthy());
        Look(45, Healthy());
        Assert.DoesNotContain(events, e => e.Kind is ClusterEventKind.Closed or ClusterEventKind.Improved);
        Look(60, Healthy());
        var closed = Assert.Single(events, e => e is { Kind: ClusterEventKind.Closed, Id: "WalMissing" });
        Assert.Equal((TimeSpan.FromSeconds(15), 0, Verdict.Healthy), (closed.Duration, closed.Flaps, closed.Verdict));
        Assert.Null(closed.NextCommand);
        Assert.Equal((Verdict.Healthy, Verdict.PseudoHealthy), events.Where(e => e.Kind == ClusterEventKind.Improved).Select(e => (e.Verdict, e.PreviousVerdict!.Value)).Single());
    }

    [Fact]
    public void What_flaps_is_one_event()
    {
        for (var second = 0; second < 600; second += 10)
            Look(second, second % 20 == 0 ? Broken() : Healthy());
        Assert.Single(events, e => e.Id == "WalMissing");
        for (var second = 600; second < 700; second += 10)
            Look(second, Healthy());

        var closed = Assert.Single(events, e => e is { Kind: ClusterEventKind.Closed, Id: "WalMissing" });
        Assert.Equal((29, TimeSpan.FromSeconds(590)), (closed.Flaps, closed.Duration));
        Assert.Equal([Verdict.PseudoHealthy, Verdict.Healthy], events.Where(e => e.Id is null).Select(e => e.Verdict));
    }

    [Theory]
    [InlineData("replica")]
    [InlineData("leader")]
    [InlineData("list")]
    public void What_could_not_be_read_has_not_gone(string unread)
    {
        Look(0, Broken());
        for (var second = 15; second < 300; second += 15)
            Look(second, Unreadable(unread));
        Assert.DoesNotContain(events, e => e is { Kind: ClusterEventKind.Closed, Id: "WalMissing" });
        Assert.DoesNotContain(events, e => e.Kind == ClusterEventKind.Improved);

        for (var second = 300; second < 400; second += 15)
            Look(second, Healthy());
        Assert.Single(events, e => e is { Kind: ClusterEventKind.Closed, Id: "WalMissing" });
        Assert.Equal(Verdict.Healthy, events.Last(e => e.Id is null).Verdict);
    }

    [Fact]
    public void A_look_that_failed_closes_nothing()
    {
        Look(0, Broken());
        for (var second = 15; second < 120; second += 15)
            events.AddRange(watch.See("demo", new PatroniOpsException(FailureKind.InvalidAnswer, "it failed"), Cluster.Now.AddSeconds(second)).Events);
        Assert.DoesNotContain(events, e => e.Kind is ClusterEventKind.Closed or ClusterEventKind.Improved);

        for (var second = 120; second < 200; second += 15)
            Look(second, Broken());
        Assert.Equal("ClusterUnreachable", Assert.Single(events, e => e.Kind == ClusterEventKind.Closed).Id);
    }

    [Fact]
    public void What_was_never_readable_does_not_keep_a_finding_open()
    {
        static ClusterSnapshot Hidden(ClusterSnapshot s) => s.With("c", m => m.Sql(p => p with { Archiver = Cluster.Unread<ArchiverRow>("permission denied") }));
        Look(0, Hidden(Broken()));
        for (var second = 15; second < 100; second += 15)
            Look(second, Hidden(Healthy()));

        Assert.Single(events, e => e is { Kind: ClusterEventKind.Closed, Id: "WalMissing" });
        Assert.DoesNotContain(events, e => e is { Kind: ClusterEventKind.Closed, Id: "NotReadable" });
    }

    [Fact]
    public void A_member_that_was_taken_out_takes_its_findings_along()
    {
        Look(0, Broken());
        for (var second = 15; second < 100; second += 15)
            Look(second, Without("c"));

        Assert.Single(events, e => e is { Kind: ClusterEventKind.Closed, Id: "WalMissing" });
    }

    [Fact]
    public void A_value_that_goes_over_the_limits_and_back_is_worse_at_once_and_better_after_a_while()
    {
        Look(0, Lagging(20L << 20));
        Look(15, Lagging(200L << 20));
        Look(30, Lagging(20L << 20));
        Look(45, Lagging(200L << 20));
        for (var second = 60; second <= 90; second += 15)
            Look(second, Lagging(20L << 20));

        var told = events.Where(e => e is { Id: "ReplayLag", Member: "c" }).ToList();
        Assert.True(told.Count > 0, string.Join("\n", events));
        Assert.Equal([(ClusterEventKind.Opened, FindingSeverity.Warning), (ClusterEventKind.Worsened, FindingSeverity.Critical), (ClusterEventKind.Improved, FindingSeverity.Warning)], told.Select(e => (e.Kind, e.Severity!.Value)));
        Assert.Equal((1, TimeSpan.FromSeconds(45)), (told[^1].Flaps, told[^1].Duration));
    }

    [Fact]
    public void A_cluster_that_cannot_be_connected_to_is_unknown_until_it_answers()
    {
        events.AddRange(watch.See("db1:8008", new PatroniOpsException(FailureKind.Unreachable, "connection refused"), Cluster.Now).Events);
        Assert.Equal([(ClusterEventKind.Began, Verdict.Unknown), (ClusterEventKind.Opened, Verdict.Unknown)], events.Select(e => (e.Kind, e.Verdict)));
        for (var second = 15; second < 60; second += 15)
            Look(second, Healthy());

        Assert.Equal((ClusterEventKind.Improved, Verdict.Healthy), events.Where(e => e.Id is null).Select(e => (e.Kind, e.Verdict)).Last());
        Assert.Single(events, e => e is { Kind: ClusterEventKind.Closed, Id: "ClusterUnreachable" });
    }

    private static ClusterSnapshot Broken() => Healthy().Stuck("c", "0/2000000");

    private static ClusterSnapshot Unreadable(string what) => what switch
    {
        "replica" => Healthy().With("c", m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Timeout, "no answer") }),
        "leader" => Healthy().With("a", m => m.Sql(p => p with { Senders = Cluster.Unread<IReadOnlyList<SenderRow>>() })),
        _ => Healthy() with { View = Cluster.Unread<ClusterView>() },
    };

    private static ClusterSnapshot Without(string name)
    {
        var snapshot = Healthy();
        return snapshot with
        {
            Members = [.. snapshot.Members.Where(m => m.Name != name)],
            View = Reading.Of(snapshot.View.Value! with { Members = [.. snapshot.View.Value!.Members.Where(m => m.Name != name)] }),
        };
    }

    private static ClusterSnapshot Lagging(long bytes)
    {
        var tip = new Lsn(Cluster.Tip.Value + (ulong)bytes);
        return Healthy().With("a", m => m.State(s => s with { CurrentLsn = tip })) with { LeaderLsnAfter = tip };
    }

    private static ClusterSnapshot Healthy() =>
        new[] { "b", "c" }.Aggregate(Cluster.Healthy(), (snapshot, name) => snapshot.With(name, m => m.State(s => s with { IsReplayPaused = false })));

    private void Look(int second, ClusterSnapshot snapshot)
    {
        var at = Cluster.Now.AddSeconds(second);
        events.AddRange(watch.See(snapshot with { TakenAt = at, Members = [.. snapshot.Members.Select(m => At(m, at))] }).Events);
    }

    // Every server's clock runs, and its receiver hears of the sender.
    private static MemberSnapshot At(MemberSnapshot member, DateTimeOffset at) => !member.Postgres.State.IsKnown ? member : member.State(s => s with { ServerTime = at })
        .Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([.. p.Receivers.Value!.Select(r => r with { LastMessageReceivedAt = at })]) });
}

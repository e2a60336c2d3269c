using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class TrustedWalTests
{
    private const long Size = WalSegment.DefaultSize;

    [Fact]
    public void Recycled_files_with_future_names_do_not_count() =>
        Assert.Equal([new WalRange(1, 7, 9)], TrustedWal.Of(Cluster.Healthy().Member("a"), new TimelineHistory(1, []), Size));

    [Fact]
    public void A_position_at_a_segments_start_does_not_hold_that_segment() => Assert.Equal([new WalRange(1, 7, 8)],
        TrustedWal.Of(Cluster.Healthy().Member("a").State(s => s with { CurrentLsn = Lsn.Parse("0/9000000") }), new TimelineHistory(1, []), Size));

    [Fact]
    public void An_older_timeline_counts_to_its_fork_and_an_unknown_or_newer_one_never()
    {
        var member = Cluster.Healthy().Member("a").State(s => s with { CurrentTimeline = 3 }).Wal(new WalRange(1, 1, 20), new WalRange(2, 1, 20), new WalRange(3, 8, 20), new WalRange(4, 1, 20));
        var history = new TimelineHistory(3, [new TimelineSwitch(2, Lsn.Parse("0/8000100"), null, null, null)]);

        Assert.Equal([new WalRange(2, 1, 8), new WalRange(3, 8, 9)], TrustedWal.Of(member, history, Size));
    }

    [Fact]
    public void Without_listing_position_or_timeline_nothing_is_known()
    {
        var member = Cluster.Healthy().Member("a");

        Assert.Null(TrustedWal.Of(member.Sql(p => p with { Wal = Cluster.Unread<WalListing>() }), new TimelineHistory(1, []), Size));
        Assert.Null(TrustedWal.Of(member.State(s => s with { CurrentLsn = null }), new TimelineHistory(1, []), Size));
        Assert.Null(TrustedWal.Of(member.Sql(p => p with { State = Reading.Of(p.State.Value! with { CurrentTimeline = null }), Control = Cluster.Unread<ControlData>() }) with { Patroni = Cluster.Unread<PatroniOps.Patroni.PatroniStatus>(), Listed = null }, new TimelineHistory(1, []), Size));
    }
}

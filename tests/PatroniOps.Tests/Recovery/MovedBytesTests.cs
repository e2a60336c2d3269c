using PatroniOps.Archives;
using PatroniOps.Postgres;
using PatroniOps.Recovery.Rewinds;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Recovery;

public sealed class MovedBytesTests
{
    // Timeline 1 ended at 0/7000000; the leader is at 0/9000100 on timeline 2, the member on 1.
    [Theory]
    [InlineData("0/8000000", 0x2000100 + 0x1000000)]
    [InlineData("0/7000000", 0x2000100)]
    public void A_rewind_moves_about_what_both_sides_have_written_since_they_parted(string position, long expected) =>
        Assert.Equal(expected, ParallelWal.Bytes("b", Parted(position, [new TimelineSwitch(1, Lsn.Parse("0/7000000"), null, null, null)])));

    [Fact]
    public void One_that_names_the_leaders_timeline_parted_where_the_one_before_ended() => Assert.Equal(0x2000100 + 0x2000200, ParallelWal.Bytes("b",
        Parted("0/9000200", [new TimelineSwitch(1, Lsn.Parse("0/7000000"), null, null, null)]).With("b", m => m.Sql(p => p with { Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>([new ReceiverRow { Status = "waiting", ReceivedTimeline = 2 }]) }))));

    [Fact]
    public void Where_they_parted_must_be_known() => Assert.Null(ParallelWal.Bytes("b", Parted("0/8000000", [])));

    [Theory]
    [InlineData("""{"label": "F", "info": {"size": 4000, "delta": 10, "repository": {"size": 900, "delta": 5}}}""", 900L)]
    [InlineData("""{"label": "F", "info": {"size": 4000, "delta": 10, "repository": {"delta": 5}}}""", 4000L)]
    [InlineData("""{"label": "F"}""", null)]
    public void A_restore_reads_at_most_the_newest_backup(string backup, long? expected)
    {
        var info = """[{"name": "main", "backup": [{"label": "old", "info": {"size": 1}}, """ + backup + "]}]";

        Assert.Equal(expected, PgBackRestRepository.Parse(info, "{}", WalSegment.DefaultSize, "db1").Bytes);
    }

    private static ClusterSnapshot Parted(string position, IReadOnlyList<TimelineSwitch> history) => (Cluster.Healthy() with { History = Reading.Of(history) })
        .With("a", m => m.State(s => s with { CurrentTimeline = 2 }))
        .With("b", m => m.State(s => s with { ReceiveLsn = Lsn.Parse(position), ReplayLsn = Lsn.Parse(position) }));
}

using CsCheck;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Postgres;

public sealed class TimelineHistoryTests
{
    // Timeline 1 was left in the middle of segment 4, timeline 2 exactly at the beginning of segment 6.
    private static readonly TimelineHistory History = new(3, [Switch(1, "0/4027B78"), Switch(2, "0/6000000")]);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    [InlineData(100, 3)]
    public void The_segment_of_a_switch_bears_the_new_timelines_name(ulong number, uint timeline) =>
        Assert.Equal(timeline, History.TimelineOfSegment(number, WalSegment.DefaultSize));

    [Fact]
    public void Two_switches_in_one_segment_leave_only_the_newest_name() =>
        Assert.Equal(3u, new TimelineHistory(3, [Switch(1, "0/4000100"), Switch(2, "0/4000200")]).TimelineOfSegment(4, WalSegment.DefaultSize));

    [Fact]
    public void An_ancestor_ends_and_the_current_and_unknown_ones_do_not()
    {
        Assert.Equal(Lsn.Parse("0/4027B78"), History.EndOf(1));
        Assert.Equal(Lsn.Parse("0/6000000"), History.EndOf(2));
        Assert.Null(History.EndOf(3));
        Assert.Null(History.EndOf(9));
        Assert.True(History.Contains(1) && History.Contains(3));
        Assert.False(History.Contains(9));
    }

    [Fact]
    public void Rows_beyond_the_current_timeline_are_not_its_ancestors() =>
        Assert.Equal([1u], new TimelineHistory(2, [Switch(2, "0/6000000"), Switch(1, "0/4000000")]).Switches.Select(s => s.Timeline));

    [Fact]
    public void Rows_of_three_four_and_five_elements_are_read()
    {
        var rows = TimelineHistory.ParseRest(JsonText.Parse(
            """[[1, 67271544, "no recovery target specified"], [2, 83886080, "why", "2026-11-22T18:21:28.555933+00:00"], [3, 100663296, "why", "2026-11-22T18:22:28+00:00", "bar_psqldb04"], [4, 117440512]]"""));

        Assert.Equal([1u, 2, 3, 4], rows.Select(r => r.Timeline));
        Assert.Equal(Lsn.Parse("0/4027B78"), rows[0].Position);
        Assert.Equal("no recovery target specified", rows[0].Reason);
        Assert.Null(rows[0].At);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 18, 22, 28, TimeSpan.Zero), rows[2].At);
        Assert.Equal("bar_psqldb04", rows[2].NewLeader);
        Assert.Null(rows[3].Reason);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("""[[], [1], [0, 5], [-1, 5], ["x", 5], [1, -5], [1, "0/5"], [1, null], [4294967296, 5], [1.5, 5], {"tl": 1}]""")]
    public void What_is_no_row_is_left_out(string json) => Assert.Empty(TimelineHistory.ParseRest(JsonText.Parse(json)));

    [Fact]
    public void No_JSON_makes_it_throw() => HostileJson.Value.Sample(json => { TimelineHistory.ParseRest(JsonText.Parse($"[[1,5],{json},[{json},{json}],[2,{json},{json},{json},{json}]]")); });

    private static TimelineSwitch Switch(uint timeline, string position) => new(timeline, Lsn.Parse(position), null, null, null);
}

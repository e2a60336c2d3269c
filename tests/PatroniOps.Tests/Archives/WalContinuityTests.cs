using CsCheck;
using PatroniOps.Archives.Continuity;
using PatroniOps.Postgres;

namespace PatroniOps.Tests.Archives;

public sealed class WalContinuityTests
{
    private const long Size = 1 << 20;

    // Ranges as "timeline:first-last"; histories as "timeline<parent@segment+bytes"; runs as "timeline first..last", with ~ where abandoned.
    [Theory]
    [InlineData("1:1-9", "", "")]
    [InlineData("", "", "")]
    [InlineData("1:1-3 1:5-9", "", "1:4")]
    [InlineData("1:1-3 1:7-9 1:12-12", "", "1:4..6 1:10..11")]
    [InlineData("1:1-4 2:5-8", "2<1@5+100", "")]
    [InlineData("1:1-4 2:5-8", "2<1@5+0", "")]
    [InlineData("1:1-5 2:5-8", "2<1@5+100", "")]
    [InlineData("1:1-3 2:5-8", "2<1@5+100", "1:4")]
    [InlineData("1:1-3 2:6-8", "2<1@5+100", "1:4..2:5")]
    // A timeline that ended in the segment in which it began.
    [InlineData("1:1-4 3:5-8", "2<1@5+100 3<2@5+200", "")]
    [InlineData("1:1-3 3:5-8", "2<1@5+100 3<2@5+200", "1:4")]
    // The old leader went on after the failover.
    [InlineData("1:1-9 2:5-8", "2<1@5+100", "")]
    [InlineData("1:1-5 1:8-9 2:5-8", "2<1@5+100", "~1:6..7")]
    [InlineData("1:1-2 1:4-9 2:5-8", "2<1@5+100", "1:3")]
    // Nothing newer is there: not archived yet.
    [InlineData("1:1-3", "2<1@5+100", "")]
    [InlineData("1:1-3 2:5-6", "2<1@5+100 3<2@9+1", "1:4")]
    // Older ones have expired, on an older timeline too.
    [InlineData("2:7-9", "2<1@5+100", "")]
    // Two recoveries from one timeline: the newest is the line, the other a branch.
    [InlineData("1:1-9 2:5-7 3:10-12", "2<1@5+1 3<1@10+1", "")]
    [InlineData("1:1-9 2:5-5 2:7-7 3:10-10 3:12-12", "2<1@5+1 3<1@10+1", "3:11 ~2:6")]
    [InlineData("1:1-8 2:12-13 3:10-12", "2<1@12+1 3<1@10+1", "1:9 ~1:10..11")]
    // Over the border of the names' last eight digits.
    [InlineData("1:4094-4094 1:4097-4098", "", "1:4095..4096")]
    public void What_is_missing_between_the_oldest_and_the_newest_is_a_gap(string ranges, string histories, string expected) =>
        Assert.Equal(expected, Text(Check(Ranges(ranges), Histories(histories))));

    [Fact]
    public void A_history_that_is_missing_is_known_from_a_later_one()
    {
        var third = TimelineHistory.ParseFile(3, "1\t0/500064\tno recovery target specified\n2\t0/800001\tno recovery target specified\n");
        Assert.Equal("", Text(Check(Ranges("1:1-4 2:5-7 3:8-9"), [third])));
        Assert.Equal("2:6", Text(Check(Ranges("1:1-4 2:5-5 2:7-7 3:8-9"), [third])));
    }

    [Fact]
    public void Whatever_is_taken_out_of_a_whole_archive_is_missing_and_nothing_else()
    {
        // Lengths of timelines in segments, and what is taken out of the line.
        Gen.Select(Gen.Int[0, 6].Array[1, 6], Gen.Int[0, 40].Array[0, 8]).Sample((lengths, taken) =>
        {
            var line = new List<WalSegment>();
            var histories = new List<TimelineHistory>();
            var switches = new List<TimelineSwitch>();
            var number = 3UL;
            for (var timeline = 1u; timeline <= lengths.Length; timeline++)
            {
                if (timeline > 1)
                {
                    switches.Add(new TimelineSwitch(timeline - 1, new Lsn((number * Size) + 8), null, null, null));
                    histories.Add(new TimelineHistory(timeline, switches));
                }
                for (var i = 0; i < lengths[timeline - 1]; i++)
                    line.Add(new WalSegment(timeline, number++, Size));
            }
            var kept = line.Where((_, i) => !taken.Contains(i)).ToHashSet();
            var between = line.SkipWhile(s => !kept.Contains(s)).Reverse().SkipWhile(s => !kept.Contains(s)).Reverse().Where(s => !kept.Contains(s));
            var runs = WalContinuity.Check(WalRange.FromSegments(kept), new TimelineTree(histories, Size), (uint)lengths.Length, Size);
            Assert.Equal(between.Select(s => s.Number), runs.SelectMany(r => Numbers(r.First.Number, r.Last.Number)));
            Assert.All(runs, r => Assert.True(kept.Contains(r.Before) && kept.Contains(r.After) && line.Contains(r.First) && line.Contains(r.Last) && !r.IsAbandoned, Text([r])));
        });

        static IEnumerable<ulong> Numbers(ulong first, ulong last)
        {
            for (var n = first; n <= last; n++)
                yield return n;
        }
    }

    [Theory]
    [InlineData(1L << 20)]
    [InlineData(16L << 20)]
    [InlineData(1L << 30)]
    public void Every_segment_size_has_its_numbers(long size)
    {
        var perLog = 0x1_0000_0000UL / (ulong)size;
        var run = Assert.Single(WalContinuity.Check([new WalRange(1, perLog - 2, perLog - 2), new WalRange(1, perLog + 1, perLog + 1)], new TimelineTree([], size), 1, size));
        Assert.Equal(($"0000000100000000{perLog - 1:X8}", "000000010000000100000000"), (run.First.Name, run.Last.Name));
    }

    private static IReadOnlyList<MissingRun> Check(IReadOnlyList<WalRange> ranges, IReadOnlyCollection<TimelineHistory> histories) =>
        WalContinuity.Check(ranges, new TimelineTree(histories, Size), ranges.Select(r => r.Timeline).Concat(histories.Select(h => h.Current)).DefaultIfEmpty(1u).Max(), Size);

    private static List<WalRange> Ranges(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(':', '-'))
        .Select(r => new WalRange(uint.Parse(r[0]), ulong.Parse(r[1]), ulong.Parse(r[2])))];

    // Each with its ancestors, as PostgreSQL writes them.
    private static List<TimelineHistory> Histories(string text)
    {
        var all = new List<TimelineHistory>();
        foreach (var fields in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(h => h.Split('<', '@', '+')))
        {
            var parent = uint.Parse(fields[1]);
            var at = new TimelineSwitch(parent, new Lsn((ulong.Parse(fields[2]) * Size) + ulong.Parse(fields[3])), null, null, null);
            all.Add(new TimelineHistory(uint.Parse(fields[0]), [.. all.FirstOrDefault(h => h.Current == parent)?.Switches ?? [], at]));
        }
        return all;
    }

    private static string Text(IReadOnlyList<MissingRun> runs) => string.Join(' ', runs.Select(r =>
        $"{(r.IsAbandoned ? "~" : "")}{r.First.Timeline}:{r.First.Number}{(r.First == r.Last ? "" : $"..{(r.Last.Timeline == r.First.Timeline ? "" : $"{r.Last.Timeline}:")}{r.Last.Number}")}"));
}

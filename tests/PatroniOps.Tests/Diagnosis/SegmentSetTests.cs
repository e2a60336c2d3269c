using CsCheck;
using PatroniOps.Diagnosis;
using PatroniOps.Postgres;

namespace PatroniOps.Tests.Diagnosis;

public sealed class SegmentSetTests
{
    private const long Size = WalSegment.DefaultSize;

    private static readonly Gen<WalRange[]> Ranges = Gen.Select(Gen.UInt[1, 3], Gen.ULong[0, 30], Gen.ULong[0, 10], (t, first, length) => new WalRange(t, first, first + length)).Array[0, 6];

    private static readonly Gen<(TimelineHistory History, ulong First, ulong Last)> Needs = Gen.Select(Gen.ULong[0, 30], Gen.ULong[0, 30], Gen.ULong[0, 30], Gen.ULong[0, 40], (one, two, first, last) =>
        (new TimelineHistory(3, [Switch(1, Math.Min(one, two)), Switch(2, Math.Max(one, two))]), first, last));

    [Fact]
    public void Needed_names_each_segment_by_its_timeline() => Needs.Sample(need =>
        Unfold(SegmentSet.Needed(need.First, need.Last, need.History, Size)).SetEquals(NaiveNeeded(need)));

    [Fact]
    public void Intersection_and_difference_are_those_of_sets() => Gen.Select(Needs, Ranges).Sample((need, ranges) =>
    {
        var needed = SegmentSet.Needed(need.First, need.Last, need.History, Size);
        // Overlapping names of one directory are folded before they come here.
        var folded = WalRange.FromSegments(ranges.SelectMany(Numbers).Select(n => new WalSegment(n.Item1, n.Item2, Size)));
        var has = needed.Intersect(folded);
        var rest = needed.Except(has);
        var model = NaiveNeeded(need);
        var modelHas = model.Intersect(ranges.SelectMany(Numbers)).ToHashSet();
        return Unfold(has).SetEquals(modelHas) && has.Count == modelHas.Count
            && Unfold(rest).SetEquals(model.Except(modelHas)) && rest.Count == model.Count - modelHas.Count
            && rest.IsEmpty == model.IsSubsetOf(modelHas);
    });

    [Fact]
    public void The_first_missing_segment_is_the_lowest_number() => Gen.Select(Needs, Ranges).Sample((need, ranges) =>
    {
        var needed = SegmentSet.Needed(need.First, need.Last, need.History, Size);
        var rest = needed.Except(needed.Intersect(WalRange.FromSegments(ranges.SelectMany(Numbers).Select(n => new WalSegment(n.Item1, n.Item2, Size)))));
        var model = NaiveNeeded(need).Except(ranges.SelectMany(Numbers)).OrderBy(n => n.Item2).ToList();
        return model.Count == 0 ? rest is { First: null, Last: null } : rest.First == model[0] && rest.Last == model[^1];
    });

    [Fact]
    public void A_span_of_petabytes_costs_nothing()
    {
        var needed = SegmentSet.Needed(0, 1UL << 39, new TimelineHistory(1, []), Size);

        Assert.Equal((1L << 39) + 1, needed.Count);
        Assert.Equal(1, needed.Except(needed.Intersect([new WalRange(1, 1, ulong.MaxValue)])).Count);
    }

    private static TimelineSwitch Switch(uint timeline, ulong segment) => new(timeline, new Lsn((segment * (ulong)Size) + 100), null, null, null);

    private static HashSet<(uint, ulong)> NaiveNeeded((TimelineHistory History, ulong First, ulong Last) need)
    {
        var result = new HashSet<(uint, ulong)>();
        for (var n = need.First; n <= need.Last; n++)
            result.Add((need.History.TimelineOfSegment(n, Size), n));
        return result;
    }

    private static IEnumerable<(uint, ulong)> Numbers(WalRange range)
    {
        for (var n = range.First; n <= range.Last; n++)
            yield return (range.Timeline, n);
    }

    // What a set holds, asked one segment at a time.
    private static HashSet<(uint, ulong)> Unfold(SegmentSet set)
    {
        var result = new HashSet<(uint, ulong)>();
        for (uint t = 1; t <= 3; t++)
            for (ulong n = 0; n <= 50; n++)
                if (!set.Intersect([new WalRange(t, n, n)]).IsEmpty)
                    result.Add((t, n));
        return result;
    }
}

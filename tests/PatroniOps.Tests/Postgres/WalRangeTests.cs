using CsCheck;
using PatroniOps.Postgres;

namespace PatroniOps.Tests.Postgres;

public sealed class WalRangeTests
{
    private const long Size = WalSegment.DefaultSize;

    [Fact]
    public void Names_are_folded_into_runs_and_other_files_are_left_out()
    {
        var ranges = WalRange.FromNames(
            ["000000020000000000000007", "000000010000000000000003", "00000002.history", "000000010000000000000004", "archive_status", "000000010000000000000006", "000000010000000000000004", "000000010000000000000005.partial"], Size);

        Assert.Equal([new WalRange(1, 3, 4), new WalRange(1, 6, 6), new WalRange(2, 7, 7)], ranges);
    }

    [Fact]
    public void A_run_goes_on_from_one_log_file_to_the_next() =>
        Assert.Equal([new WalRange(1, 0xFF, 0x101)], WalRange.FromNames(["0000000100000000000000FF", "000000010000000100000000", "000000010000000100000001"], Size));

    [Fact]
    public void Runs_hold_exactly_the_segments_that_went_in() => Gen.Select(Gen.UInt[1, 3], Gen.ULong[0, 40], (t, n) => new WalSegment(t, n, Size)).Array[0, 60].Sample(segments =>
    {
        var ranges = WalRange.FromSegments(segments);
        var unfolded = ranges.SelectMany(r => Enumerable.Range((int)r.First, (int)(r.Last - r.First + 1)).Select(n => (r.Timeline, (ulong)n))).ToList();
        var isMaximal = ranges.Zip(ranges.Skip(1)).All(p => p.First.Timeline < p.Second.Timeline || p.First.Last + 1 < p.Second.First);
        return isMaximal && unfolded.SequenceEqual(segments.Select(s => (s.Timeline, s.Number)).Distinct().Order());
    });
}

using PatroniOps.Archives.Verification;

namespace PatroniOps.Tests.Archives;

public sealed class SegmentRunTests
{
    private const long SegmentSize = 16 << 20;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(81, 2, 1)]
    [InlineData(1000, 4, 3)]
    [InlineData(7, 16, 5)]
    public void Every_segment_is_in_exactly_one_run_of_one_part(int segments, int workers, int parts)
    {
        var sequences = Sequences(segments);

        var read = Enumerable.Range(1, parts).SelectMany(part => Runs(sequences, workers, part, parts)).SelectMany(r => r.Segments).Select(s => s.Name).ToList();

        Assert.Equal(sequences.SelectMany(s => Enumerable.Range(0, (int)s.Count).Select(i => s[i].Name)), read);
    }

    [Fact]
    public void The_last_runs_are_of_one_segment_so_that_all_workers_end_together()
    {
        var sequences = Sequences(500);

        var counts = Runs(sequences, workers: 2, part: 1, parts: 1).Where(r => r.Sequence == sequences[^1]).Select(r => r.Count).ToList();

        Assert.Equal(8, counts[0]);
        Assert.Equal([1, 1], counts[^2..]);
        Assert.Equal(counts.OrderDescending(), counts);
    }

    // Two with a hole between them.
    private static SegmentSequence[] Sequences(int segments)
    {
        var first = (ulong)segments / 3;
        return first == 0
            ? [new([new(1, 1, (ulong)segments)], SegmentSize)]
            : [new([new(1, 1, first)], SegmentSize), new([new(1, first + 2, (ulong)segments + 1)], SegmentSize)];
    }

    private static IEnumerable<SegmentRun> Runs(IReadOnlyList<SegmentSequence> sequences, int workers, int part, int parts) =>
        SegmentSequences.Runs(sequences, SegmentSize, new() { DegreeOfParallelism = workers, Partition = part, PartitionCount = parts });
}

using CsCheck;
using PatroniOps.Fuzz.Wal;
using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Tests.Wal;

public sealed class WalSegmentVerifierTests
{
    [Fact]
    public void No_page_is_of_timeline_0()
    {
        var (segment, content) = new SampleWal().Fill(1).Segments[0];
        content[4] = 0;
        Assert.Contains("timeline 0", new WalSegmentVerifier(SampleWal.System, 15).Verify(segment, content)?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_that_is_taken_up_again_has_seen_no_more_than_before()
    {
        var tail = default(WalRecordChain).Save();
        Assert.True(tail.IsPlausible);
        // A segment in which only what began before it goes on: the next one may begin so too.
        var wal = new SampleWal();
        wal.Record(3 << 20);
        wal.Record(10);
        var (segment, content) = wal.Segments[1];
        var (next, walk) = (WalRecordChain.Restore(tail), new WalSegmentWalk(segment, null, null));
        Assert.Null(walk.Append(ref next, content));
    }

    private static readonly SampleWal Sample = new SampleWal().Fill(3);
    private static readonly IReadOnlyList<(WalSegment Segment, byte[] Content)> Whole = [.. Sample.Segments.Take(3)];

    private static WalSegmentVerifier Verifier() => new(SampleWal.System, 15);

    [Fact]
    public void Whole_segments_are_good_together_and_each_alone()
    {
        var together = Verifier();
        Assert.All(Whole, s => Assert.Null(together.Verify(s.Segment, s.Content)));
        Assert.All(Whole, s => Assert.Null(Verifier().Verify(s.Segment, s.Content)));
    }

    [Fact]
    public void The_rest_behind_a_switch_is_empty_and_elsewhere_it_is_damage()
    {
        var wal = new SampleWal();
        wal.Record(100);
        wal.Switch();
        wal.Record(100);
        wal.Switch();
        var verifier = Verifier();
        Assert.All(wal.Segments, s => Assert.Null(verifier.Verify(s.Segment, s.Content)));

        var (segment, content) = Whole[0];
        Assert.Equal("the page is empty, and WAL should go on", Verifier().Verify(segment, Changed(content, new byte[content.Length / 2], content.Length / 2))?.Text);
        Assert.Equal("the page is empty, and WAL should go on", Verifier().Verify(segment, Changed(content, new byte[SampleWal.PageSize], SampleWal.PageSize * 5))?.Text);
    }

    [Fact]
    public void Any_flipped_bit_of_a_header_or_a_record_is_found()
    {
        var (segment, content) = Whole[1];
        Assert.Null(Verify(content));
        Gen.Select(Gen.Int[0, content.Length - 1], Gen.Int[0, 7]).Sample(
            (at, bit) => Verify(Changed(content, [(byte)(content[at] ^ (1 << bit))], at)) is not null || IsUnchecked(at), iter: 400);

        WalProblem? Verify(byte[] bytes)
        {
            var verifier = Verifier();
            Assert.Null(verifier.Verify(Whole[0].Segment, Whole[0].Content));
            return verifier.Verify(segment, bytes);
        }

        // The record that goes on in the next segment is summed up there.
        bool IsUnchecked(int at) => !Sample.IsCovered(segment.Start + at) || segment.Start + at >= LastRecord(segment);
    }

    [Fact]
    public void A_record_over_the_border_is_checked_with_the_next_segment()
    {
        var last = LastRecord(Whole[0].Segment);
        var at = (int)(Whole[0].Segment.End - last) > 40 ? (int)(last - Whole[0].Segment.Start) + 30 : -1;
        Assert.True(at > 0 && at % SampleWal.PageSize > 24, "the sample has no such record");
        var verifier = Verifier();
        Assert.Null(verifier.Verify(Whole[0].Segment, Changed(Whole[0].Content, [(byte)(Whole[0].Content[at] ^ 1)], at)));
        Assert.Equal(("a record's checksum is wrong", last), (verifier.Verify(Whole[1].Segment, Whole[1].Content) is { } p ? (p.Text, p.At) : default));
    }

    [Fact]
    public void A_bad_copy_leaves_the_chain_for_another_one()
    {
        var verifier = Verifier();
        Assert.Null(verifier.Verify(Whole[0].Segment, Whole[0].Content));
        Assert.NotNull(verifier.Verify(Whole[1].Segment, Changed(Whole[1].Content, [0xFF, 0xFF], 500000)));
        Assert.Null(verifier.Verify(Whole[1].Segment, Whole[1].Content));
    }

    [Fact]
    public void A_segment_of_another_history_does_not_follow()
    {
        var other = new SampleWal();
        for (var i = 0; other.Segments.Count < 3; i++)
            other.Record(1000 + (i % 7));
        var verifier = Verifier();
        Assert.Null(verifier.Verify(Whole[0].Segment, Whole[0].Content));
        Assert.NotNull(verifier.Verify(other.Segments[1].Segment, other.Segments[1].Content));
    }

    [Fact]
    public void Another_cluster_version_name_or_size_is_refused()
    {
        var (segment, content) = Whole[0];
        Assert.Contains("belongs to the database cluster", new WalSegmentVerifier(1, 15).Verify(segment, content)?.Text, StringComparison.Ordinal);
        Assert.Contains("written by PostgreSQL 15", new WalSegmentVerifier(SampleWal.System, 16).Verify(segment, content)?.Text, StringComparison.Ordinal);
        Assert.Contains("the page is the one of", Verifier().Verify(segment with { Number = 77 }, content)?.Text, StringComparison.Ordinal);
        Assert.Contains("bytes in place of", Verifier().Verify(segment, content.AsSpan(..^1))?.Text, StringComparison.Ordinal);
        Assert.Null(new WalSegmentVerifier(null, null).Verify(segment with { Timeline = 2 }, content));
        Assert.Contains("of timeline 1", Verifier().Verify(segment with { Timeline = 0 }, content)?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_bytes_never_throw()
    {
        Gen.Byte.Array[0, 3000].Sample(bytes => Verifier().Verify(new WalSegment(1, 4, SampleWal.SegmentSize), bytes) is not null);
        // Plausible ones: a good segment with a run of anything in it.
        Gen.Select(Gen.Int[0, SampleWal.SegmentSize - 64], Gen.Byte.Array[1, 64]).Sample((at, noise) =>
        {
            var verifier = Verifier();
            foreach (var (segment, content) in Whole)
                verifier.Verify(segment, Changed(content, noise, at));
        }, iter: 200);
    }

    private static Lsn LastRecord(WalSegment segment) => Sample.Records.Last(r => r < segment.End);

    private static byte[] Changed(byte[] content, byte[] with, int at)
    {
        var copy = content.ToArray();
        with.CopyTo(copy, at);
        return copy;
    }
}

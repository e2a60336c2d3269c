using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using PatroniOps.Archives;
using PatroniOps.Archives.Ledgers;
using PatroniOps.Archives.Verification;
using PatroniOps.Fuzz.Wal;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Archives;

public sealed class WalVerifierTests : IDisposable
{
    private const int Count = 6;
    private static readonly SampleWal Sample = new SampleWal().Fill(Count);
    private static readonly IReadOnlyList<(WalSegment Segment, byte[] Content)> Whole = [.. Sample.Segments.Take(Count)];

    private readonly TemporaryFolder folder = new();

    public WalVerifierTests()
    {
        foreach (var (segment, content) in Whole)
            File.WriteAllBytes(At(segment), content);
    }

    public void Dispose()
    {
        File.Delete(LedgerPath);
        folder.Dispose();
    }

    [Theory]
    [InlineData(1, 1 << 20)]
    [InlineData(2, 1 << 20)]
    [InlineData(4, 3 << 20)]
    [InlineData(2, 128 << 20)]
    public void An_intact_archive_is_intact_however_it_is_cut(int workers, int runBytes)
    {
        var test = Deep(new() { DegreeOfParallelism = workers, RunBytes = runBytes });
        Assert.Empty(test.Problems);
        Assert.Equal((true, WalArchiveVerdict.Good), (test.IsIntact, test.Verdict));
        Assert.Equal((Count, Count * 1L << 20, 0), (test.Verification!.SegmentsRead, test.Verification.BytesRead, test.Verification.SegmentsDamaged));
    }

    [Fact]
    public void A_flipped_bit_is_found_at_the_same_place_however_the_archive_is_cut() =>
        Gen.Select(Gen.Int[0, (Count << 20) - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            var (segment, content) = Whole[at >> 20];
            var copy = content.ToArray();
            copy[at & 0xFFFFF] ^= (byte)(1 << bit);
            File.WriteAllBytes(At(segment), copy);
            var single = Deep(new() { DegreeOfParallelism = 1, RunBytes = 128 << 20 });
            var seams = Deep(new() { DegreeOfParallelism = 2, RunBytes = 1 << 20 });
            File.WriteAllBytes(At(segment), content);
            Assert.Equal(Earliest(single), Earliest(seams));
            var flipped = Whole[0].Segment.Start + at;
            var isChecked = Sample.IsCovered(flipped) && flipped < Sample.Records.Last(r => r < Whole[^1].Segment.End);
            Assert.True(!isChecked || single.IsIntact == false, $"{flipped} bit {bit}");
            // The record that it is in, or the page whose head it is in.
            if (isChecked)
                Assert.InRange(Earliest(single)!.Value.Value, Sample.Records.Last(r => r <= flipped).Value, flipped.Value | 0x1FFF);
        }, iter: 150, threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_record_longer_than_a_segment_is_checked_however_the_archive_is_cut(int index)
    {
        var wal = new SampleWal();
        wal.Record(600_000);
        wal.Record(2_500_000);
        foreach (var (segment, content) in wal.Fill(Count).Segments.Take(Count))
            File.WriteAllBytes(At(segment), content);
        Assert.True(Deep(new() { RunBytes = 1 << 20 }).IsIntact);
        var (damaged, bytes) = wal.Segments[index];
        bytes[500_000] ^= 1;
        File.WriteAllBytes(At(damaged), bytes);
        Assert.Equal(wal.Records[1], Only(Deep(new() { RunBytes = 1 << 20, DegreeOfParallelism = 2 })).At);
        Assert.Equal(wal.Records[1], Only(Deep(new() { RunBytes = 128 << 20, DegreeOfParallelism = 1 })).At);
    }

    [Fact]
    public void Damage_to_one_segment_does_not_hide_that_of_another()
    {
        Flip(1, 300_000);
        Flip(3, 700_000);
        var test = Deep();
        Assert.Equal([Whole[1].Segment.Name, Whole[3].Segment.Name], test.Problems.Select(p => p.Segment));
        Assert.Equal((2L, false, WalArchiveVerdict.Damaged), (test.Verification!.SegmentsDamaged, test.IsIntact, test.Verdict));
    }

    [Fact]
    public void Swapped_truncated_and_zeroed_segments_are_named_with_the_position()
    {
        File.WriteAllBytes(At(Whole[1].Segment), Whole[2].Content);
        Assert.Equal((Whole[1].Segment.Start, $"the page is the one of {Whole[2].Segment.Start}"), Only(Deep()));
        using (var file = new FileStream(At(Whole[1].Segment) + ".gz", FileMode.Create))
        using (var packed = new GZipStream(file, CompressionLevel.Fastest))
            packed.Write(Whole[1].Content.AsSpan(0, 500_000));
        File.Delete(At(Whole[1].Segment));
        Assert.Equal((Whole[1].Segment.Start + 500_000, "it has 500000 bytes in place of 1048576"), Only(Deep()));
        File.Delete(At(Whole[1].Segment) + ".gz");
        var content = Whole[1].Content.ToArray();
        content.AsSpan(81920, 8192).Clear();
        File.WriteAllBytes(At(Whole[1].Segment), content);
        Assert.Equal((Whole[1].Segment.Start + 81920, "the page is empty, and WAL should go on"), Only(Deep()));
    }

    [Fact]
    public void A_file_that_cannot_be_uncompressed_is_damaged_where_it_ends()
    {
        using (var file = new MemoryStream())
        {
            using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
                packed.Write(Whole[1].Content);
            File.WriteAllBytes(At(Whole[1].Segment) + ".gz", file.ToArray()[..(int)(file.Length / 2)]);
        }
        File.Delete(At(Whole[1].Segment));
        var problem = Assert.Single(Deep().Problems);
        Assert.InRange(problem.Lsn!.Value.Value, Whole[1].Segment.Start.Value + 100_000, Whole[1].Segment.End.Value - 1);
    }

    [Fact]
    public void Two_copies_that_differ_are_told_and_the_good_one_goes_on()
    {
        File.WriteAllBytes(At(Whole[1].Segment) + ".lz4", Whole[1].Content);
        var same = Deep();
        Assert.Equal((WalArchiveProblemKind.Repeated, WalArchiveVerdict.Good), (Assert.Single(same.Problems).Kind, same.Verdict));
        var other = Whole[1].Content.ToArray();
        other[400_000] ^= 1;
        File.WriteAllBytes(At(Whole[1].Segment) + ".lz4", other);
        var test = Deep();
        Assert.Equal((0L, WalArchiveVerdict.Damaged), (test.Verification!.SegmentsDamaged, test.Verdict));
        Assert.Contains(test.Problems, p => p.File.EndsWith(".lz4", StringComparison.Ordinal) && p.Lsn is not null);
    }

    [Fact]
    public void A_sum_that_is_skipped_is_told_and_never_taken_for_compared()
    {
        foreach (var (segment, content) in Whole)
        {
            File.Delete(At(segment));
#pragma warning disable CA5350 // The sum that pgBackRest chose.
            var sum = segment == Whole[1].Segment ? new string('0', 40) : Convert.ToHexStringLower(SHA1.HashData(content));
#pragma warning restore CA5350
            folder.Write("archive/main/archive.info", "[db]\n");
            Directory.CreateDirectory(At("archive/main/15-1/0000000100000000"));
            File.WriteAllBytes(At($"archive/main/15-1/0000000100000000/{segment.Name}-{sum}"), content);
        }
        Assert.Equal((WalArchiveProblemKind.WrongSum, Whole[1].Segment.Name), (Assert.Single(Deep().Problems).Kind, Deep().Problems[0].Segment));
        var skipped = Deep(new() { SkipsSums = true });
        Assert.Equal((true, Count), (skipped.IsIntact, skipped.Verification!.SumsSkipped));
        Assert.EndsWith($"every record is intact; the sums in {Count} names were not compared.", skipped.Reason, StringComparison.Ordinal);
        using var ledger = WalLedger.Open(LedgerPath);
        Assert.False(Deep(new() { SkipsSums = true, Ledger = ledger }).IsIntact);
        Assert.Equal(Count - 1, ledger.Count);
    }

    [Fact]
    public void WAL_of_another_cluster_is_not_called_damage()
    {
        var test = new WalArchiveTester(WalArchive.Open(folder.Path), new WalArchiveQuestion { SystemIdentifier = "42" }, TimeProvider.System).Test(new WalVerificationOptions(), CancellationToken.None);
        Assert.All(test.Problems, p => Assert.Equal(WalArchiveProblemKind.OtherCluster, p.Kind));
        Assert.Equal(Count, test.Verification!.SegmentsDamaged);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(50)]
    public void All_parts_together_are_the_whole_and_the_seams_are_looked_at(int parts)
    {
        // The last byte of the first segment: of a record that goes on in the second.
        Flip(0, (1 << 20) - 1);
        var tests = Enumerable.Range(1, parts).Select(part => Deep(new() { Partition = part, PartitionCount = parts })).ToList();
        Assert.Equal(Count, tests.Sum(t => t.Verification!.SegmentsRead));
        Assert.Equal(Whole[0].Segment.Name, Assert.Single(tests.SelectMany(t => t.Problems)).Segment);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(128 << 20)]
    public void What_a_ledger_knows_is_not_read_again(int runBytes)
    {
        using (var ledger = WalLedger.Open(LedgerPath))
            Assert.Equal((Count, 0), Figures(Deep(new() { Ledger = ledger, RunBytes = runBytes })));
        using (var ledger = WalLedger.Open(LedgerPath))
        {
            var again = Deep(new() { Ledger = ledger, RunBytes = runBytes });
            Assert.Equal((0, Count, 0L, true), (again.Verification!.SegmentsRead, again.Verification.SegmentsKnown, again.Verification.BytesRead, again.IsIntact));
            Assert.Equal((Count, 0), Figures(Deep(new() { Ledger = ledger, IgnoresLedger = true })));
        }
        File.SetLastWriteTimeUtc(At(Whole[2].Segment), DateTime.UnixEpoch);
        using (var ledger = WalLedger.Open(LedgerPath))
            Assert.Equal((1, Count - 1), Figures(Deep(new() { Ledger = ledger, RunBytes = runBytes })));
    }

    [Fact]
    public void A_segment_that_comes_later_is_checked_against_what_the_ledger_remembers()
    {
        File.Delete(At(Whole[3].Segment));
        using var ledger = WalLedger.Open(LedgerPath);
        Deep(new() { Ledger = ledger });
        var other = Whole[3].Content.ToArray();
        // The rest of a record that began in the segment before, which is not read again.
        other[40] ^= 1;
        File.WriteAllBytes(At(Whole[3].Segment), other);
        var test = Deep(new() { Ledger = ledger });
        Assert.Equal(Whole[2].Segment.Name, Assert.Single(test.Problems).Segment);
        File.WriteAllBytes(At(Whole[3].Segment), Whole[3].Content);
        Assert.True(Deep(new() { Ledger = ledger }).IsIntact);
        Assert.Equal((0, Count), Figures(Deep(new() { Ledger = ledger })));
    }

    [Fact]
    public void Damage_is_never_remembered_as_intact()
    {
        Flip(0, (1 << 20) - 1);
        using var ledger = WalLedger.Open(LedgerPath);
        for (var i = 0; i < 2; i++)
            Assert.Equal((false, Whole[0].Segment.Name), (Deep(new() { Ledger = ledger }).IsIntact, Deep(new() { Ledger = ledger }).Problems[0].Segment));
        Assert.Equal(Count - 1, ledger.Count);
    }

    [Fact]
    public void Ledgers_of_parts_merge_and_a_torn_line_does_no_harm()
    {
        var parts = Enumerable.Range(1, 3).Select(part =>
        {
            var path = Path.Combine(folder.Path, "..", $"{Path.GetFileName(folder.Path)}.{part}.ledger");
            using (var ledger = WalLedger.Open(path))
                Deep(new() { Ledger = ledger, Partition = part, PartitionCount = 3 });
            var text = File.ReadAllText(path);
            File.Delete(path);
            return text;
        }).ToList();
        File.WriteAllText(LedgerPath, string.Concat(parts) + parts[0][..100]);
        using (var ledger = WalLedger.Open(LedgerPath))
            Assert.Equal((0, Count), Figures(Deep(new() { Ledger = ledger })));
        File.WriteAllText(LedgerPath, parts[0] + parts[0][..100]);
        using (var ledger = WalLedger.Open(LedgerPath))
            Assert.Equal((4, 2), Figures(Deep(new() { Ledger = ledger })));
        using (var ledger = WalLedger.Open(LedgerPath))
            Assert.Equal((0, Count), Figures(Deep(new() { Ledger = ledger })));
    }

    [Theory]
    [InlineData("a line that ends as on Windows\r\n")]
    [InlineData("one\rof another kind\n")]
    [InlineData("\u00ff is no UTF-8\n")]
    public void What_stands_before_them_in_a_ledger_does_not_move_the_entries(string before)
    {
        using (var ledger = WalLedger.Open(LedgerPath))
            Deep(new() { Ledger = ledger });
        File.WriteAllBytes(LedgerPath, [.. Encoding.Latin1.GetBytes(before), .. File.ReadAllBytes(LedgerPath)]);
        using var read = WalLedger.Open(LedgerPath);
        foreach (var file in WalArchive.Open(folder.Path).Files(CancellationToken.None))
            Assert.Equal((true, file.FileName), (read.Knows(file), read.Find(file)?.Name));
    }

    [Fact]
    public void A_verification_can_be_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => new WalArchiveTester(WalArchive.Open(folder.Path), new(), TimeProvider.System).Test(new WalVerificationOptions(), new CancellationToken(canceled: true)));

    private string LedgerPath => Path.Combine(folder.Path, "..", $"{Path.GetFileName(folder.Path)}.ledger");

    private static (long Read, long Known) Figures(WalArchiveTest test) => (test.Verification!.SegmentsRead, test.Verification.SegmentsKnown);

    private WalArchiveTest Deep(WalVerificationOptions? options = null) =>
        new WalArchiveTester(WalArchive.Open(folder.Path), new(), TimeProvider.System).Test(options ?? new(), CancellationToken.None);

    private static (Lsn At, string Reason) Only(WalArchiveTest test) => (test.Problems[0].Lsn!.Value, Assert.Single(test.Problems).Reason);

    private static Lsn? Earliest(WalArchiveTest test) => test.Problems.Count == 0 ? null : test.Problems.Min(p => p.Lsn);

    private void Flip(int index, int at)
    {
        var copy = Whole[index].Content.ToArray();
        copy[at] ^= 1;
        File.WriteAllBytes(At(Whole[index].Segment), copy);
    }

    private string At(WalSegment segment) => At(segment.Name);

    private string At(string name) => Path.Combine(folder.Path, name);
}

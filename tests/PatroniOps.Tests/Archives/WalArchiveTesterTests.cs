using PatroniOps.Archives;
using PatroniOps.Fuzz.Wal;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Archives;

public sealed class WalArchiveTesterTests : IDisposable
{
    private static readonly IReadOnlyList<(WalSegment Segment, byte[] Content)> Whole = [.. new SampleWal().Fill(6).Segments.Take(6)];

    private readonly TemporaryFolder folder = new();

    public WalArchiveTesterTests()
    {
        foreach (var (segment, content) in Whole)
        {
            File.WriteAllBytes(At(segment.Name), content);
            File.SetLastWriteTimeUtc(At(segment.Name), DateTime.UnixEpoch.AddHours(segment.Number));
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_whole_archive_is_good_and_tells_whose_it_is()
    {
        var test = Test();
        Assert.Equal((WalArchiveVerdict.Good, true, ArchiveKind.Directory), (test.Verdict, test.IsGood, test.Kind));
        Assert.Equal((SampleWal.System.ToString(System.Globalization.CultureInfo.InvariantCulture), 15, SampleWal.SegmentSize), (test.SystemIdentifier, test.MajorVersion, test.SegmentSize));
        Assert.Equal(("000000010000000000000004", "000000010000000000000009", 6L), (test.First, test.Last, test.Count));
        Assert.Null(test.BehindBytes);
    }

    [Fact]
    public void A_gap_says_between_which_backups_it_lies_and_what_cannot_be_reached()
    {
        Backup("000000010000000000000004", "0/400028", "0/400138", "2026-11-22 01:00:00 UTC");
        Backup("000000010000000000000008", "0/800028", "0/800138", "2026-11-22 09:00:00 UTC");
        File.Delete(At("000000010000000000000006"));

        var test = Test();

        Assert.Equal((WalArchiveVerdict.Gap, false), (test.Verdict, test.IsGood));
        var gap = Assert.Single(test.Gaps);
        Assert.Equal(("000000010000000000000006", "000000010000000000000006", 1L, 1L << 20), (gap.First, gap.Last, gap.Count, gap.Bytes));
        Assert.Equal(("000000010000000000000005", "000000010000000000000007"), (gap.Before, gap.After));
        Assert.Equal(("0/400138", "0/800028"), (gap.PreviousBackup?.StopLsn.ToString(), gap.NextBackup?.StartLsn.ToString()));
        Assert.Equal(("0/600000", "0/800138"), (gap.UnreachableFrom.ToString(), gap.UnreachableTo.ToString()));
        Assert.Equal((DateTimeOffset.UnixEpoch.AddHours(5), new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero)), (gap.UnreachableFromTime, gap.UnreachableToTime));
        Assert.Equal(WalArchiveGapStatus.Open, gap.Status);
        Assert.Equal("1 segment is missing in 1 place, the first 000000010000000000000006: nothing can be recovered from 0/600000 until 0/800138, where the next base backup is consistent.", test.Reason);
    }

    [Fact]
    public void A_gap_at_the_live_end_is_not_called_a_loss_at_once()
    {
        File.Delete(At("000000010000000000000006"));
        File.SetLastWriteTimeUtc(At("000000010000000000000007"), TimeProvider.System.GetUtcNow().UtcDateTime);
        var test = Test();
        Assert.Equal((WalArchiveGapStatus.Recent, WalArchiveVerdict.Unknown, (bool?)null), (test.Gaps[0].Status, test.Verdict, test.IsGood));
    }

    [Fact]
    public void A_truncated_file_is_no_segment()
    {
        File.WriteAllBytes(At("000000010000000000000006"), Whole[2].Content[..5000]);
        var test = Test();
        Assert.Equal((WalArchiveVerdict.Damaged, WalArchiveProblemKind.Truncated), (test.Verdict, Assert.Single(test.Problems).Kind));
        Assert.Equal("000000010000000000000006", Assert.Single(test.Gaps).First);

        // Names alone do not tell, and the answer says what was not looked at.
        var names = new WalArchiveTester(WalArchive.Open(folder.Path), new(), TimeProvider.System).TestNames(CancellationToken.None);
        Assert.Equal((WalArchiveVerdict.Good, 6L, null), (names.Verdict, names.Count, names.StoredBytes));
        Assert.EndsWith("nothing is missing by their names alone; sizes were not looked at, and -Deep reads them.", names.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_WAL_of_another_cluster_is_told()
    {
        var test = Test(new WalArchiveQuestion { SystemIdentifier = "42" });
        Assert.Equal((WalArchiveVerdict.Damaged, WalArchiveProblemKind.OtherCluster), (test.Verdict, Assert.Single(test.Problems).Kind));
    }

    [Fact]
    public void A_missing_or_damaged_history_is_never_a_pass()
    {
        File.WriteAllBytes(At("00000002000000000000000A"), Whole[5].Content);
        Assert.Equal((WalArchiveVerdict.Unknown, WalArchiveProblemKind.HistoryMissing), (Test().Verdict, Assert.Single(Test().Problems).Kind));
        folder.Write("00000002.history", "what?\n");
        Assert.Equal((WalArchiveVerdict.Damaged, WalArchiveProblemKind.HistoryDamaged), (Test().Verdict, Test().Problems[0].Kind));
        folder.Write("00000002.history", "1\t0/A00100\tno recovery target specified\n");
        Assert.Equal(WalArchiveVerdict.Good, Test().Verdict);
        Assert.Equal(new WalArchiveTimeline(2, 1, new Lsn(0xA00100), "00000002000000000000000A", "00000002000000000000000A", 1, 0, true), Test().Timelines[1]);
    }

    [Fact]
    public void The_clusters_own_word_counts()
    {
        File.WriteAllBytes(At("00000002000000000000000C"), Whole[5].Content);
        var history = new TimelineHistory(2, [new TimelineSwitch(1, new Lsn(0xA00100), null, null, null)]);
        var test = Test(new WalArchiveQuestion { History = history, CurrentLsn = new Lsn(0xD00200) });
        Assert.Equal("00000002000000000000000A..00000002000000000000000B", Assert.Single(test.Gaps).ToString());
        Assert.Equal(0x200, test.BehindBytes);
    }

    [Fact]
    public void An_empty_archive_proves_nothing_and_a_foreign_file_does_no_harm()
    {
        folder.Write("notes.txt", 5);
        Assert.Equal((WalArchiveVerdict.Good, WalArchiveProblemKind.Foreign), (Test().Verdict, Assert.Single(Test().Problems).Kind));
        foreach (var file in Directory.EnumerateFiles(folder.Path))
            File.Delete(file);
        Assert.Equal((WalArchiveVerdict.Unknown, (bool?)null), (Test().Verdict, Test().IsGood));
    }

    private WalArchiveTest Test(WalArchiveQuestion? question = null) =>
        new WalArchiveTester(WalArchive.Open(folder.Path), question ?? new(), TimeProvider.System).Test(deep: null, CancellationToken.None);

    private string At(string name) => Path.Combine(folder.Path, name);

    private void Backup(string segment, string start, string stop, string stopTime) => folder.Write($"{segment}.00000028.backup",
        $"START WAL LOCATION: {start} (file {segment})\nSTOP WAL LOCATION: {stop} (file {segment})\nCHECKPOINT LOCATION: 0/2000060\nBACKUP METHOD: streamed\n"
        + $"BACKUP FROM: primary\nSTART TIME: 2026-11-22 00:59:00 UTC\nLABEL: nightly\nSTART TIMELINE: 1\nSTOP TIME: {stopTime}\nSTOP TIMELINE: 1\n");
}

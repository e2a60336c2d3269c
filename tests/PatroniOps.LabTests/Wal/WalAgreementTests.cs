using PatroniOps.Archives;
using PatroniOps.Archives.Verification;

namespace PatroniOps.LabTests.Wal;

/// <summary>Test-WalArchive -Deep beside pg_waldump, on real WAL with random damages.</summary>
public sealed class WalAgreementTests
{
    private const string Bin = "/usr/lib/postgresql/15/bin";
    private const long SegmentSize = 1 << 20;
    private const int PageHeader = 40;

    [Fact]
    public Task Damage_is_found_where_pg_waldump_finds_it() => AgreeAsync(damages: 50, rows: 8_000);

    [Fact]
    [Trait("Category", "Long")]
    public Task Damage_is_found_where_pg_waldump_finds_it_a_thousand_times() => AgreeAsync(damages: 1500, rows: 200_000);

    private static async Task AgreeAsync(int damages, int rows)
    {
        await using var server = await ScratchServer.StartAsync(Bin, segmentMegabytes: 1);
        var segments = await RealWal.WriteAsync(server, rows);
        var whole = Test(server.Archive);
        Assert.True(whole.Verdict == WalArchiveVerdict.Good, whole.Reason);
        Assert.Null(PgWaldump.Run(server.Archive, Path.GetFileName(segments[0]), Path.GetFileName(segments[^1]), SegmentSize).Error);

        // Three segments inside of one record tell neither of them anything.
        var names = segments.Select(s => Path.GetFileName(s)).ToList();
        var windows = Enumerable.Range(0, names.Count - 2).Where(i => PgWaldump.Run(server.Archive, names[i], names[i + 2], SegmentSize).Error is null).ToList();
        var random = new Random(damages);
        var (found, silent) = (0, 0);
        for (var i = 0; i < damages; i++)
        {
            var folder = Directory.CreateTempSubdirectory("pops-damage-").FullName;
            var files = segments.Skip(windows[random.Next(windows.Count)]).Take(3).Select(s => Copy(s, folder)).ToArray();
            var damage = WalDamage.Apply(files, random);
            var theirs = PgWaldump.Run(folder, Path.GetFileName(files[0]), Path.GetFileName(files[2]), SegmentSize);
            Compare($"{Path.GetFileName(files[1])}: {damage}", theirs, Test(folder));
            _ = theirs.Error is null ? silent++ : found++;
            Directory.Delete(folder, recursive: true);
        }
        Assert.True(found > damages / 2, $"pg_waldump found {found} of {damages}");
    }

    private static void Compare(string damage, PgWaldump theirs, WalArchiveTest ours)
    {
        var problems = ours.Problems.Where(p => p.IsError).ToList();
        var told = $"{damage}\npg_waldump: {theirs.Error} [{theirs.At}]\nours: {string.Join("; ", problems.Select(p => $"{p.Segment} {p.Lsn} {p.Reason}"))}";
        if (theirs.Error is not null)
        {
            Assert.True(problems.Count > 0, told);
            // Of a page whose timeline is too high the next page complains; the wrong one is meant.
            if (theirs.At is { } at && !theirs.Error.Contains("out-of-sequence timeline", StringComparison.Ordinal))
                Assert.True(problems.Min(p => p.Lsn) == at, told);
        }
        else if (problems.Count > 0)
        {
            // More is checked of page headers: the database cluster and the timeline.
            Assert.True(problems.All(p => p.Lsn!.Value.Value % 8192 < PageHeader) || damage.Contains("truncated", StringComparison.Ordinal), told);
        }
    }

    private static WalArchiveTest Test(string folder) =>
        new WalArchiveTester(WalArchive.Open(folder), new WalArchiveQuestion { SegmentSize = SegmentSize }, TimeProvider.System).Test(new WalVerificationOptions(), CancellationToken.None);

    private static string Copy(string file, string folder)
    {
        var copy = Path.Combine(folder, Path.GetFileName(file));
        File.Copy(file, copy);
        return copy;
    }
}

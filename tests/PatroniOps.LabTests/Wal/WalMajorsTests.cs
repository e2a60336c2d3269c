using PatroniOps.Archives;
using PatroniOps.Archives.Verification;
using PatroniOps.Postgres;

namespace PatroniOps.LabTests.Wal;

/// <summary>Test-WalArchive -Deep on WAL of every major version.</summary>
public sealed class WalMajorsTests
{
    private const long SegmentSize = 1 << 20;
    private const int Flips = 200;

    // The longest record that is written goes over five segments.
    private const int Window = 6;

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("13.23.0-beta.16", 13)]
    [InlineData("14.23.0-beta.17", 14)]
    [InlineData("15.18.0-beta.17", 15)]
    [InlineData("16.14.0-beta.17", 16)]
    [InlineData("17.10.0-beta.17", 17)]
    [InlineData("18.4.0-beta.17", 18)]
    public async Task Intact_WAL_is_intact_and_a_flipped_bit_of_a_record_is_found_in_that_record(string version, int major)
    {
        await using var server = await ScratchServer.StartAsync(await EmbeddedPostgres.InstallAsync(version), segmentMegabytes: 1);
        var segments = await RealWal.WriteAsync(server, rows: 20_000);
        var whole = Test(server.Archive);
        Assert.True(whole.Verdict == WalArchiveVerdict.Good, whole.Reason);
        Assert.Equal(major, whole.MajorVersion);

        var random = new Random(major);
        var flipped = 0;
        for (var i = 0; flipped < Flips && i < Flips * 20; i++)
            flipped += Flip([.. segments.Skip(random.Next(segments.Count - Window)).Take(Window)], random) ? 1 : 0;
        Assert.Equal(Flips, flipped);
    }

    private static bool Flip(string[] files, Random random)
    {
        var content = File.ReadAllBytes(files[0]);
        var (at, bit) = (random.Next(content.Length), random.Next(8));
        var record = WalCoverage.Of(content)[at];
        if (record < 0)
            return false;
        var folder = Directory.CreateTempSubdirectory("pops-flip-").FullName;
        content[at] ^= (byte)(1 << bit);
        File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(files[0])), content);
        foreach (var file in files.Skip(1))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var problems = Test(folder).Problems.Where(p => p.IsError).ToList();
        Directory.Delete(folder, recursive: true);
        Assert.True(WalSegment.TryParse(Path.GetFileName(files[0]), SegmentSize, out var segment));
        // What the crash left unfinished is given up, and no sum was ever compared with it.
        if (problems.Count == 0 && files.Any(WalCoverage.HasGivenUp))
            return false;
        Assert.True(problems.Count > 0, $"{segment} bit {bit} of byte {at}, record at {segment.Start + record}: not found");
        Assert.True(problems.Min(p => p.Lsn) == segment.Start + record, $"{segment} bit {bit} of byte {at}, record at {segment.Start + record}: {string.Join("; ", problems.Select(p => $"{p.Lsn} {p.Reason}"))}");
        return true;
    }

    private static WalArchiveTest Test(string folder) =>
        new WalArchiveTester(WalArchive.Open(folder), new WalArchiveQuestion { SegmentSize = SegmentSize }, TimeProvider.System).Test(new WalVerificationOptions(), CancellationToken.None);
}

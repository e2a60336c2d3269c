using PatroniOps.Archives;
using PatroniOps.Archives.Ledgers;
using PatroniOps.Archives.Verification;
using PatroniOps.Fuzz.Wal;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Archives;

/// <summary>Archives through the programs of a node: the same as through this machine's files.</summary>
public sealed class NodeArchiveStoreTests : IDisposable
{
    private const string Segment = "000000010000000000000005";

    private readonly TemporaryFolder folder = new();
    private readonly ArchiveAccess access = new(Node.Of(new NodeOptions()), RunAs: Environment.UserName);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", Segment, ArchiveKind.Directory)]
    [InlineData("", Segment + ".zst", ArchiveKind.Directory)]
    [InlineData("", "main/wals/0000000100000000/" + Segment, ArchiveKind.Barman)]
    [InlineData("main", "main/wals/0000000100000000/" + Segment, ArchiveKind.Barman)]
    [InlineData("wal_005", "wal_005/" + Segment + ".br", ArchiveKind.WalG)]
    [InlineData("", "it's a $(folder)\n/.\\*", ArchiveKind.Directory)]
    public void Names_bytes_and_times_are_those_of_the_files(string opened, string file, ArchiveKind kind)
    {
        folder.Write(file, 10);
        folder.Write("second line\n", "ü");
        if (kind == ArchiveKind.Barman)
            folder.Write("main/wals/xlog.db", "");
        var path = Path.Combine(folder.Path, opened);
        var (here, there) = (WalArchive.Open(path), access.Open(path, null, null, CancellationToken.None));
        Assert.Equal((kind, here.Path, (string?)null), (there.Kind, there.Path, there.HostName));
        Assert.Equal(here.Files(CancellationToken.None).OrderBy(f => f.Path, StringComparer.Ordinal), there.Files(CancellationToken.None).OrderBy(f => f.Path, StringComparer.Ordinal));
        foreach (var number in (ulong[])[5, 6])
            Assert.Equal(here.Find(new WalSegment(1, number, 1 << 20)), there.Find(new WalSegment(1, number, 1 << 20)));
    }

    [Fact]
    public void What_was_read_through_a_node_is_known_to_the_same_ledger_here()
    {
        foreach (var (segment, content) in new SampleWal().Fill(4).Segments.Take(4))
            File.WriteAllBytes(Path.Combine(folder.Path, segment.Name), content);
        using var ledger = WalLedger.Open(Path.Combine(TestEnvironment.StateFolder, $"{Guid.NewGuid():N}.jsonl"));
        var there = Deep(access.Open(folder.Path, null, null, CancellationToken.None), ledger);
        Assert.Equal((WalArchiveVerdict.Good, 4L, 0L), (there.Verdict, there.Verification!.SegmentsRead, there.Verification.SegmentsKnown));
        var here = Deep(WalArchive.Open(folder.Path), ledger);
        Assert.Equal((WalArchiveVerdict.Good, 0L, 4L), (here.Verdict, here.Verification!.SegmentsRead, here.Verification.SegmentsKnown));
    }

    [Theory]
    [InlineData("nowhere", FailureKind.Unreachable)]
    [InlineData("file", FailureKind.Unreachable)]
    public void What_is_no_directory_is_no_empty_archive(string name, FailureKind kind)
    {
        folder.Write("file", "");
        Assert.Equal(kind, Assert.Throws<PatroniOpsException>(() => access.Open(Path.Combine(folder.Path, name), null, null, CancellationToken.None)).Kind);
    }

    [Fact]
    public void A_file_that_goes_while_it_is_read_is_not_known_and_not_damaged()
    {
        foreach (var (segment, content) in new SampleWal().Fill(4).Segments.Take(4))
            File.WriteAllBytes(Path.Combine(folder.Path, segment.Name), content);
        var archive = access.Open(folder.Path, null, null, CancellationToken.None);
        var file = archive.Files(CancellationToken.None).First();
        File.Delete(Path.Combine(folder.Path, file.Path));
        Assert.IsAssignableFrom<IOException>(Record.Exception(() => archive.ReadSmall(file)));
    }

    [Fact]
    public async Task Output_that_ends_because_its_program_failed_is_no_end()
    {
        using var output = await Node.Of(new NodeOptions()).ReadAsync(new NodeCommand("sh", "-c", "printf half; echo broken >&2; exit 3"), Broken, CancellationToken.None);
        var bytes = new byte[100];
        Assert.Equal(4, output.ReadAtLeast(bytes, 4));
        Assert.Contains("broken", Assert.Throws<IOException>(() => output.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_nobody_reads_on_ends_its_program_at_once()
    {
        var output = await Node.Of(new NodeOptions()).ReadAsync(new NodeCommand("sh", "-c", "echo $$; exec sleep 60"), Broken, CancellationToken.None);
        using var reader = new StreamReader(output);
        var id = await reader.ReadLineAsync();
        var before = TimeProvider.System.GetTimestamp();
        await output.DisposeAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(before).TotalSeconds, 0, 30);
        Assert.False(Directory.Exists($"/proc/{id}"));
    }

    private static IOException? Broken(NodeResult result) => result.IsSuccess ? null : new IOException(result.Said);

    private static WalArchiveTest Deep(WalArchive archive, WalLedger ledger) =>
        new WalArchiveTester(archive, new(), TimeProvider.System).Test(new WalVerificationOptions { Ledger = ledger }, CancellationToken.None);
}

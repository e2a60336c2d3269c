using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Archives;

public sealed class WalArchiveTests : IDisposable
{
    private const string Segment = "000000010000000000000005";
    private const string Sum = "-0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", Segment + ".gz", ArchiveKind.Directory)]
    [InlineData("", "archive/main/15-1/0000000100000000/" + Segment + Sum + ".lz4", ArchiveKind.PgBackRest)]
    [InlineData("archive/main", "archive/main/15-1/0000000100000000/" + Segment + Sum, ArchiveKind.PgBackRest)]
    [InlineData("", "main/wals/0000000100000000/" + Segment, ArchiveKind.Barman)]
    [InlineData("main", "main/wals/0000000100000000/" + Segment, ArchiveKind.Barman)]
    [InlineData("main/wals", "main/wals/0000000100000000/" + Segment, ArchiveKind.Barman)]
    [InlineData("", "wal_005/" + Segment + ".lz4", ArchiveKind.WalG)]
    [InlineData("wal_005", "wal_005/" + Segment + ".br", ArchiveKind.WalG)]
    public void A_layout_is_known_by_the_path(string opened, string file, ArchiveKind kind)
    {
        folder.Write(file, 10);
        if (kind == ArchiveKind.PgBackRest)
            folder.Write("archive/main/archive.info", "[db]\n");
        if (kind == ArchiveKind.Barman)
            folder.Write("main/wals/xlog.db", "");

        var archive = WalArchive.Open(Path.Combine(folder.Path, opened));

        Assert.Equal(kind, archive.Kind);
        var found = Assert.Single(archive.Files(CancellationToken.None));
        Assert.Equal((ArchivedFileKind.Segment, 10L), (found.Name.Kind, found.Length));
        Assert.Equal(found, Assert.Single(archive.Find(new WalSegment(1, 5, 1 << 20))));
        Assert.True(File.Exists(Path.Combine(folder.Path, opened, found.Path)), found.Path);
        Assert.Empty(archive.Find(new WalSegment(1, 6, 1 << 20)));
    }

    [Fact]
    public void The_stanza_chooses_and_one_that_is_not_there_is_an_error()
    {
        foreach (var (stanza, segment) in new[] { ("one", "000000010000000000000001"), ("two", "000000010000000000000002") })
        {
            folder.Write($"archive/{stanza}/archive.info", "[db]\n");
            folder.Write($"archive/{stanza}/15-1/0000000100000000/{segment}{Sum}", 10);
        }
        Assert.StartsWith("000000010000000000000002", Assert.Single(WalArchive.Open(folder.Path, "two").Files(CancellationToken.None)).FileName, StringComparison.Ordinal);
        Assert.Equal(2, WalArchive.Open(folder.Path).Files(CancellationToken.None).Count());
        Assert.Contains("It has one, two", Assert.Throws<PatroniOpsException>(() => WalArchive.Open(folder.Path, "three")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Segments_side_by_side_are_a_plain_directory_whatever_folders_are_beside_them()
    {
        folder.Write("0000000100000000/000000010000000000000001", 10);
        Assert.Equal(ArchiveKind.Barman, WalArchive.Open(folder.Path).Kind);
        folder.Write(Segment, 10);
        var archive = WalArchive.Open(folder.Path);
        Assert.Equal((ArchiveKind.Directory, Segment), (archive.Kind, Assert.Single(archive.Files(CancellationToken.None)).FileName));
    }

    [Fact]
    public void Two_servers_of_Barman_are_not_mixed()
    {
        folder.Write("one/wals/xlog.db", "");
        folder.Write("two/wals/xlog.db", "");
        Assert.Contains("name one with -Stanza", Assert.Throws<PatroniOpsException>(() => WalArchive.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(ArchiveKind.Barman, WalArchive.Open(folder.Path, "two").Kind);
    }

    [Fact]
    public void An_encrypted_repository_is_told()
    {
        folder.Write("archive/main/archive.info", "Salted__x\u0001\u0002");
        var failure = Assert.Throws<PatroniOpsException>(() => WalArchive.Open(folder.Path));
        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Contains("encrypted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalogue_sorts_what_there_is()
    {
        const long Size = 1 << 20;
        foreach (var name in new[] { "000000010000000000000001", "000000010000000000000002", "000000010000000000000002.gz", "000000010000000000000004", "000000020000000000000004" })
            folder.Write(name, name.EndsWith("gz", StringComparison.Ordinal) ? 5 : (int)Size);
        folder.Write("000000010000000000000003", 100);
        folder.Write("000000010000000000000005.lz4", 0);
        folder.Write("000000010000000000000004.partial", (int)Size);
        folder.Write("000000010000000000000002.00000028.backup", 300);
        folder.Write("00000002.history", 40);
        folder.Write("notes.txt", 4);
        // At 1 MiB the last eight digits end at FFF.
        folder.Write("000000010000000000001000", (int)Size);

        var catalogue = WalCatalogue.Read(WalArchive.Open(folder.Path), Size, CancellationToken.None);

        Assert.Equal([new WalRange(1, 1, 2), new WalRange(1, 4, 4), new WalRange(2, 4, 4)], catalogue.Ranges);
        Assert.Equal(4, catalogue.Count);
        Assert.Equal(["000000010000000000000002"], catalogue.Repeated.Select(s => s.Name));
        Assert.Equal(["000000010000000000000003", "000000010000000000000005.lz4"], catalogue.Truncated.Select(f => f.FileName).Order());
        Assert.Equal(["000000010000000000000004.partial"], catalogue.Partials.Select(f => f.FileName));
        Assert.Equal(["000000010000000000000002.00000028.backup"], catalogue.BackupLabels.Select(f => f.FileName));
        Assert.Equal(["00000002.history"], catalogue.Histories.Select(f => f.FileName));
        Assert.Equal(["000000010000000000001000", "notes.txt"], catalogue.Foreign.Select(f => f.FileName).Order());
        Assert.Equal(new DirectoryInfo(folder.Path).EnumerateFiles().Sum(f => f.Length), catalogue.StoredBytes);

        // By names alone the short one is there, the empty one too, and nothing is known of bytes.
        var names = WalCatalogue.ReadNames(WalArchive.Open(folder.Path), Size, CancellationToken.None);
        Assert.Equal([new WalRange(1, 1, 5), new WalRange(2, 4, 4)], names.Ranges);
        Assert.Empty(names.Truncated);
        Assert.Null(names.StoredBytes);
        Assert.Equal(["000000010000000000001000", "notes.txt"], names.Foreign.Select(f => f.FileName).Order());
        Assert.Equal((1, 1, 1, 2L), (names.Partials.Count, names.BackupLabels.Count, names.Histories.Count, names.ForeignCount));
        Assert.True(catalogue.Has(new WalSegment(1, 2, Size)));
        Assert.False(catalogue.Has(new WalSegment(1, 3, Size)));
    }

    [Fact]
    public void A_million_names_need_little_memory()
    {
        const int Count = 1_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var catalogue = WalCatalogue.Read(WalArchive.Open(new ManyNames(Count), stanza: null, systemIdentifier: null), WalSegment.DefaultSize, CancellationToken.None);
        Assert.Equal((Count, 1, 100L * Count), (catalogue.Count, catalogue.Ranges.Count, catalogue.StoredBytes));
        // Others may have freed theirs meanwhile.
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 100 << 20);
        GC.KeepAlive(catalogue);
    }

    private sealed class ManyNames(int count) : IArchiveStore
    {
        public string Location => "/many";

        public ArchivedFile? Find(string path) => null;

        public bool HasFolder(string path) => false;

        public IReadOnlyList<string> Folders(string folder) => [];

        public IEnumerable<(string Name, bool IsFolder)> Entries(string folder) => [];

        public IEnumerable<ArchivedFile> Files(string folder, string prefix, bool isRecursive, ListingShare share) =>
            Enumerable.Range(0, count).Select(i => new WalSegment(1, (ulong)i, WalSegment.DefaultSize).Name + ".lz4").Where(name => share.Holds(name))
                .Select(name => new ArchivedFile(name, ArchivedName.Parse(name), 100, default));

        public IEnumerable<ArchivedPath> Names(string folder, bool isRecursive) => Files(folder, "", isRecursive, ListingShare.All).Select(f => new ArchivedPath(f.Path, f.Name));

        public Stream Open(string path) => throw new FileNotFoundException(path);
    }
}

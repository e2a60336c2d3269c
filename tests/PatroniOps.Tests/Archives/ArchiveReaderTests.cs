using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Archives;

public sealed class ArchiveReaderTests : IDisposable
{
    private const long Size = 1 << 20;
    private const string Sha1 = "-0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_plain_directory_counts_whole_and_compressed_files_only()
    {
        folder.Write("000000010000000000000001", (int)Size);
        folder.Write("000000010000000000000002", (int)Size - 1);
        folder.Write("000000010000000000000003.gz", 100);
        folder.Write("000000010000000000000004.zst", 100);
        folder.Write("000000010000000000000005.lz4", 0);
        folder.Write("000000010000000000000006.partial", (int)Size);
        folder.Write("000000010000000000000007.00000028.backup", 300);
        folder.Write("00000002.history", 50);
        folder.Write("00000001000000000000000a", (int)Size);
        folder.Write("below/000000010000000000000008", (int)Size);

        var archive = Read();

        Assert.Equal(ArchiveKind.Directory, archive.Kind);
        Assert.Equal([new WalRange(1, 1, 1), new WalRange(1, 3, 4)], archive.Ranges.Value);
    }

    [Fact]
    public void A_repository_counts_the_history_ids_of_this_cluster()
    {
        Repository("main");

        Assert.Equal([new WalRange(1, 1, 2)], Read("7711053807678862945").Ranges.Value);
        Assert.Equal([new WalRange(1, 1, 2), new WalRange(3, 9, 9)], Read().Ranges.Value);
        Assert.Equal(ArchiveKind.PgBackRest, Read().Kind);
    }

    [Fact]
    public void One_stanzas_folder_is_enough()
    {
        Repository("main");

        var archive = ArchiveReader.Read(Path.Combine(folder.Path, "archive", "main"), Size, null, CancellationToken.None);

        Assert.Equal([new WalRange(1, 1, 2), new WalRange(3, 9, 9)], archive.Ranges.Value);
    }

    [Fact]
    public void A_repository_of_another_cluster_has_nothing_for_this_one()
    {
        Repository("main");

        Assert.Empty(Read("1").Ranges.Value!);
    }

    [Fact]
    public void A_damaged_archive_info_is_unknown_and_no_exception()
    {
        Repository("main");
        folder.Write("archive/main/archive.info", "[db:history]\n1={\"db-id\":771, \"db-version\"\n");

        Assert.False(Read("7711053807678862945").Ranges.IsKnown);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_unknown_and_not_empty()
    {
        var archive = ArchiveReader.Read(Path.Combine(folder.Path, "nowhere"), Size, null, CancellationToken.None);

        Assert.False(archive.Ranges.IsKnown);
        Assert.Equal(FailureKind.Unreachable, archive.Ranges.Failure);
        Assert.Contains("nowhere", archive.Ranges.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_directory_is_an_empty_archive() => Assert.Empty(Read().Ranges.Value!);

    [Fact]
    public void A_listing_can_be_cancelled()
    {
        folder.Write("000000010000000000000001", (int)Size);

        Assert.Throws<OperationCanceledException>(() => ArchiveReader.Read(folder.Path, Size, null, new CancellationToken(canceled: true)));
    }

    private ArchiveSnapshot Read(string? systemIdentifier = null) => ArchiveReader.Read(folder.Path, Size, systemIdentifier, CancellationToken.None);

    private void Repository(string stanza)
    {
        folder.Write($"archive/{stanza}/archive.info", "[backrest]\nbackrest-format=5\n\n[db]\ndb-id=2\n\n[db:history]\n1={\"db-id\":42,\"db-version\":\"14\"}\n2={\"db-id\":7711053807678862945,\"db-version\":\"15\"}\n");
        folder.Write($"archive/{stanza}/15-2/0000000100000000/000000010000000000000001{Sha1}.zst", 10);
        folder.Write($"archive/{stanza}/15-2/0000000100000000/000000010000000000000002{Sha1}", 10);
        folder.Write($"archive/{stanza}/15-2/0000000100000000/000000010000000000000003.partial{Sha1}.zst", 10);
        folder.Write($"archive/{stanza}/15-2/0000000100000000/000000010000000000000002.00000028.backup", 10);
        folder.Write($"archive/{stanza}/15-2/00000002.history", 10);
        folder.Write($"archive/{stanza}/14-1/0000000300000000/000000030000000000000009{Sha1}.gz", 10);
    }
}

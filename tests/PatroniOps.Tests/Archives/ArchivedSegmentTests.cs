using System.IO.Compression;
using System.Security.Cryptography;
using K4os.Compression.LZ4.Streams;
using PatroniOps.Archives;
using PatroniOps.Postgres;
using PatroniOps.Recovery.WalRescue;
using PatroniOps.Snapshots;
using ZstdSharp;

namespace PatroniOps.Tests.Archives;

public sealed class ArchivedSegmentTests : IDisposable
{
    private static readonly WalSegment Segment = new(1, 5, 1 << 20);
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(1 << 20);

    private readonly string folder = Directory.CreateTempSubdirectory("patroniops-archive").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    [InlineData(".lz4")]
    [InlineData(".zst")]
    public async Task A_compression_is_known_by_its_content(string extension)
    {
        Directory.CreateDirectory(Path.Combine(folder, "wals", Segment.Name[..16]));
        Write(Path.Combine(folder, "wals", Segment.Name[..16], Segment.Name), extension, Content);
        Assert.Equal(Content, (await ReadAsync(ArchiveKind.Barman)).Content);
    }

    [Theory]
    [InlineData(".bz2", "bzip2 compressed", "BZh91AY")]
    [InlineData(".xz", "xz compressed", "\u00fd7zXZ\0")]
    [InlineData("", "were encrypted", "Salted__1234")]
    public async Task What_is_not_read_here_is_said_plainly(string extension, string reason, string begin)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, Segment.Name + extension), System.Text.Encoding.Latin1.GetBytes(begin));
        var copy = await ReadAsync(ArchiveKind.Directory);
        Assert.Null(copy.Content);
        Assert.Contains($"{reason} are not read here", copy.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    [InlineData(".lz4")]
    [InlineData(".zst")]
    public async Task A_segment_is_read_however_it_is_compressed(string extension)
    {
        Write(Path.Combine(folder, Segment.Name + extension), extension, Content);
        Assert.Equal(Content, (await ReadAsync(ArchiveKind.Directory)).Content);

        Repository(Content, $"-{Sum(Content)}{extension}", extension);
        Assert.Equal(Content, (await ReadAsync(ArchiveKind.PgBackRest)).Content);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".lz4")]
    [InlineData(".zst")]
    public async Task A_file_that_is_damaged_or_cut_off_gives_no_segment(string extension)
    {
        var path = Path.Combine(folder, Segment.Name + extension);
        Write(path, extension, Content);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        await IsNoSegmentAsync();
        await File.WriteAllBytesAsync(path, RandomNumberGenerator.GetBytes(1000));
        await IsNoSegmentAsync();

        async Task IsNoSegmentAsync()
        {
            var copy = await ReadAsync(ArchiveKind.Directory);
            Assert.True(copy.Content is null ? copy.Problem is not null : copy.Content.Length < Content.Length, copy.Problem);
        }
    }

    [Fact]
    public async Task A_bomb_is_not_unpacked_beyond_a_segment()
    {
        Write(Path.Combine(folder, Segment.Name + ".gz"), ".gz", new byte[64 << 20]);
        Assert.Equal((int)Segment.Size + 1, (await ReadAsync(ArchiveKind.Directory)).Content?.Length);
    }

    [Fact]
    public async Task A_repositorys_copy_whose_sum_is_another_does_not_hide_the_good_one()
    {
        var damaged = Content.ToArray();
        damaged[^1] ^= 1;
        Repository(damaged, $"-{Sum(Content)}", "");
        Assert.Contains("its checksum is not the one in its name", (await ReadAsync(ArchiveKind.PgBackRest)).Problem, StringComparison.Ordinal);
        Repository(Content, $"-{Sum(Content)}.zst", ".zst");
        Assert.Equal(Content, (await ReadAsync(ArchiveKind.PgBackRest)).Content);
    }

    [Fact]
    public async Task What_is_not_there_is_no_problem_and_partial_files_are_never_taken()
    {
        Write(Path.Combine(folder, Segment.Name + ".partial"), "", Content);
        var copy = await ReadAsync(ArchiveKind.Directory);
        Assert.Equal((null, null), (copy.Content, copy.Problem));
    }

    private Task<WalCopy> ReadAsync(ArchiveKind kind) =>
        new ArchiveWalSource(new ArchiveSnapshot(folder, kind, Reading.Of<IReadOnlyList<WalRange>>([])), null).ReadAsync(Segment, CancellationToken.None);

    private void Repository(byte[] content, string rest, string extension)
    {
        var stanza = Path.Combine(folder, "archive", "demo");
        var path = Directory.CreateDirectory(Path.Combine(stanza, "15-1", Segment.Name[..16])).FullName;
        File.WriteAllText(Path.Combine(stanza, "archive.info"), "[db]\n");
        Write(Path.Combine(path, Segment.Name + rest), extension, content);
    }

    private static void Write(string path, string extension, byte[] content)
    {
        using var file = File.Create(path);
        using Stream packed = extension switch
        {
            ".gz" => new GZipStream(file, CompressionLevel.Fastest),
            ".lz4" => LZ4Stream.Encode(file),
            ".zst" => new CompressionStream(file),
            _ => file,
        };
        packed.Write(content);
    }

#pragma warning disable CA5350 // pgBackRest's own sum.
    private static string Sum(byte[] content) => Convert.ToHexStringLower(SHA1.HashData(content));
#pragma warning restore CA5350
}

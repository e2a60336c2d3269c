using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using PatroniOps.Archives;
using PatroniOps.Tests.Support;
using ZstdSharp;

namespace PatroniOps.Tests.Archives;

public sealed class DamagedCompressionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("gz")]
    [InlineData("lz4")]
    [InlineData("zst")]
    public void A_flipped_bit_anywhere_is_a_damage_and_nothing_else(string extension)
    {
        var content = new byte[200_000];
        for (var i = 0; i < content.Length; i++)
            content[i] = (byte)((i * 2654435761L >> 20) & (i % 3 == 0 ? 0xFF : 0x0F));
        var whole = Compressed(extension, content);
        Assert.Null(Read(whole, content.Length));
        var isAnySeen = false;
        for (var at = 0; at < whole.Length; at += Math.Max(1, whole.Length / 500))
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            // What is not seen here the records' own sums find.
            if (Read(damaged, content.Length) is not { } error)
                continue;
            isAnySeen = true;
            Assert.True(error is InvalidDataException, $"{extension} at {at}: {error}");
        }
        Assert.True(isAnySeen);
    }

    [Fact]
    public void An_LZ4_frame_with_a_dictionary_of_somebody_elses_cannot_be_uncompressed()
    {
        // Version 1, independent blocks, a dictionary; blocks of 64 KB; its number; the header's sum.
        byte[] head = [0x61, 0x40, 1, 0, 0, 0];
        Assert.IsType<InvalidDataException>(Read([0x04, 0x22, 0x4D, 0x18, .. head, (byte)(K4os.Hash.xxHash.XXH32.DigestOf(head) >> 8), 0, 0, 0, 0], 10));
    }

    private Exception? Read(byte[] file, int length)
    {
        var path = Path.Combine(folder.Path, "000000010000000000000001");
        File.WriteAllBytes(path, file);
        return Record.Exception(() =>
        {
            var archive = WalArchive.Open(folder.Path);
            using var stream = archive.Open(archive.Files(CancellationToken.None).Single());
            var piece = new byte[length + 1];
            ArchiveContent.Fill(stream, piece);
        });
    }

    private static byte[] Compressed(string extension, byte[] content)
    {
        using var file = new MemoryStream();
        using (Stream stream = extension switch
        {
            "gz" => new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true),
            "lz4" => LZ4Stream.Encode(file, leaveOpen: true),
            _ => new CompressionStream(file, leaveOpen: true),
        })
            stream.Write(content);
        return file.ToArray();
    }
}

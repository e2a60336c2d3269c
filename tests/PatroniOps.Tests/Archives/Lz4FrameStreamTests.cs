using K4os.Compression.LZ4.Streams;
using PatroniOps.Archives;

namespace PatroniOps.Tests.Archives;

public sealed class Lz4FrameStreamTests
{
    // Longer than the window and the buffer behind it; noise does not compress, runs refer far back.
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1_000_003).Select(i => (byte)(i / 70_000 % 3 == 1 ? (i * 2654435761L) >> 13 : i % 1000 / 7))];

    [Theory]
    [InlineData(64, true, true, 256 << 10)]
    [InlineData(64, true, false, 1)]
    [InlineData(64, false, true, 65_537)]
    [InlineData(256, true, true, 1000)]
    [InlineData(4096, false, false, 256 << 10)]
    public void Gives_what_was_compressed_whatever_the_frame(int kilobytes, bool isChained, bool hasSum, int piece)
    {
        Assert.Equal(Content, Read(Frame(Content, kilobytes, isChained, hasSum), piece, isSummed: false));
        Assert.Equal(Content, Read(Frame(Content, kilobytes, isChained, hasSum), piece, isSummed: true));
        Assert.Empty(Read(Frame([], kilobytes, isChained, hasSum), piece, isSummed: false));
    }

    [Fact]
    public void Frames_behind_the_first_belong_to_the_content() =>
        Assert.Equal([.. Content, .. Content], Read([.. Frame(Content, 64, true, true), .. Frame(Content, 64, true, true)], 100_000, isSummed: false));

    [Fact]
    public void Damage_anywhere_is_noticed()
    {
        var frame = Frame(Content, 64, isChained: true, hasSum: true);
        for (var at = 4; at < frame.Length; at += at < 20 ? 1 : 4099)
        {
            var damaged = frame.ToArray();
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => Read(damaged, 256 << 10, isSummed: false));
            Assert.Throws<InvalidDataException>(() => Read(frame[..at], 256 << 10, isSummed: false));
        }
        frame[^1] ^= 1;
        Assert.Throws<InvalidDataException>(() => Read(frame, 256 << 10, isSummed: false));
    }

    private static byte[] Frame(byte[] content, int kilobytes, bool isChained, bool hasSum)
    {
        var frame = new MemoryStream();
        using (var encoder = LZ4Stream.Encode(frame, new LZ4EncoderSettings { BlockSize = kilobytes << 10, ChainBlocks = isChained, ContentChecksum = hasSum }, leaveOpen: true))
            encoder.Write(content);
        return frame.ToArray();
    }

    private static byte[] Read(byte[] file, int piece, bool isSummed)
    {
        using var content = ArchiveContent.Uncompressed(new MemoryStream(file), isSummed);
        var (all, buffer) = (new MemoryStream(), new byte[piece]);
        for (int length; (length = ArchiveContent.Fill(content, buffer)) > 0;)
            all.Write(buffer, 0, length);
        return all.ToArray();
    }
}

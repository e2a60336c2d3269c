using System.IO.Compression;
using ZstdSharp;

namespace PatroniOps.Archives;

/// <summary>Uncompresses what an archive holds, by its first bytes and not by its name.</summary>
/// <remarks>Sources: RFC 1952 (gzip), LZ4 frame format 1.6, RFC 8878 (zstd).</remarks>
internal static class ArchiveContent
{
    private const int MagicLength = 6;

    /// <summary>The uncompressed bytes of a file.</summary>
    /// <param name="file">The file from its beginning.</param>
    /// <param name="isSummed">Whoever reads compares a sum of all bytes, so that the compression's own need not be.</param>
    /// <exception cref="InvalidDataException">It is compressed in a way that is not read here.</exception>
    public static Stream Uncompressed(Stream file, bool isSummed = false)
    {
        var magic = new byte[MagicLength];
        var length = file.ReadAtLeast(magic, MagicLength, throwOnEndOfStream: false);
        var whole = Whole(file, magic.AsMemory(0, length));
        return magic switch
        {
            [0x1F, 0x8B, ..] => new GZipStream(whole, CompressionMode.Decompress),
            [0x04, 0x22, 0x4D, 0x18, ..] => Lz4FrameStream.Decode(whole, isSummed),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => new DecompressionStream(whole, leaveOpen: false),
            [(byte)'B', (byte)'Z', (byte)'h', ..] => throw Unread(whole, "bzip2 compressed"),
            [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0] => throw Unread(whole, "xz compressed"),
            [0x5D, 0, 0, ..] => throw Unread(whole, "lzma compressed"),
            [(byte)'S', (byte)'a', (byte)'l', (byte)'t', (byte)'e', (byte)'d'] => throw Unread(whole, "were encrypted"),
            _ => whole,
        };
    }

    /// <summary>Reads until the piece is full or the content ends.</summary>
    /// <exception cref="InvalidDataException">It cannot be uncompressed.</exception>
    public static int Fill(Stream content, Span<byte> piece)
    {
        try
        {
            return content.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException or NotSupportedException or NotImplementedException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"it cannot be uncompressed: {e.Message}", e);
        }
    }

    private static Stream Whole(Stream file, ReadOnlyMemory<byte> begun)
    {
        if (!file.CanSeek)
            return new PrefixedStream(begun, file);
        file.Position = 0;
        return file;
    }

    private static InvalidDataException Unread(Stream file, string how)
    {
        file.Dispose();
        return new InvalidDataException($"files that {how} are not read here");
    }
}

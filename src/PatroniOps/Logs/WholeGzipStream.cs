using System.IO.Compression;
using PatroniOps.Nodes;

namespace PatroniOps.Logs;

/// <summary>
/// Decompresses gzip, and fails where the file ends in the middle; the library's own stream takes that for the end. Behind the file's last byte
/// a member of our own is put: only a decompressor that was done with what came before gives its content back.
/// </summary>
internal sealed class WholeGzipStream : ReadOnlyStream
{
    private static readonly byte[] Probe = Compress([0x50, 0x4f]);

    private readonly FollowedStream source;
    private readonly GZipStream inner;
    private bool isChecked;

    public WholeGzipStream(Stream file)
    {
        source = new FollowedStream(file);
        inner = new GZipStream(source, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        if (read == 0 && !isChecked && !buffer.IsEmpty)
            Check();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Check()
    {
        isChecked = true;
        source.Follow(Probe);
        Span<byte> answer = stackalloc byte[3];
        var length = inner.ReadAtLeast(answer, answer.Length, throwOnEndOfStream: false);
        if (!answer[..length].SequenceEqual("PO"u8))
            throw new InvalidDataException("the compressed data stop in the middle");
    }

    private static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
            gzip.Write(content);
        return output.ToArray();
    }
}

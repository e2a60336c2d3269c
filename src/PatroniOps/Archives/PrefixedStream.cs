namespace PatroniOps.Archives;

/// <summary>A stream whose first bytes were read already, from its beginning.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> begun, Stream rest) : Stream
{
    private ReadOnlyMemory<byte> ahead = begun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (ahead.IsEmpty)
            return rest.Read(buffer);
        var length = Math.Min(buffer.Length, ahead.Length);
        ahead.Span[..length].CopyTo(buffer);
        ahead = ahead[length..];
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => rest.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}

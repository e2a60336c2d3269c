using PatroniOps.Nodes;

namespace PatroniOps.Logs;

/// <summary>A stream to whose end more bytes can be put.</summary>
internal sealed class FollowedStream(Stream first) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> rest;

    public void Follow(byte[] bytes) => rest = bytes;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = first.Read(buffer);
        if (read > 0 || rest.IsEmpty)
            return read;
        read = Math.Min(buffer.Length, rest.Length);
        rest.Span[..read].CopyTo(buffer);
        rest = rest[read..];
        return read;
    }
}

using PatroniOps.Nodes;

namespace PatroniOps.Fuzz;

/// <summary>A stream that gives a few bytes at a time and cannot be sought in, as a network's does.</summary>
/// <param name="content">What it gives.</param>
internal sealed class SlowStream(byte[] content) : ReadOnlyStream
{
    private int at;

    public override int Read(Span<byte> buffer)
    {
        var length = Math.Min(Math.Min(buffer.Length, 1 + (at * 7 % 4099)), content.Length - at);
        content.AsSpan(at, length).CopyTo(buffer);
        at += length;
        return length;
    }
}

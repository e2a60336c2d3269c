using PatroniOps.Nodes;

namespace PatroniOps.Archives;

/// <summary>A stream whose first bytes were read already, from its beginning.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> begun, Stream rest) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> ahead = begun;

    public override int Read(Span<byte> buffer)
    {
        if (ahead.IsEmpty)
            return rest.Read(buffer);
        var length = Math.Min(buffer.Length, ahead.Length);
        ahead.Span[..length].CopyTo(buffer);
        ahead = ahead[length..];
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}

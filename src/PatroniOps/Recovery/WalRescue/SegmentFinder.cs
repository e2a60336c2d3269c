using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>Gets a segment from the first source that has a good copy of it.</summary>
internal sealed class SegmentFinder(IReadOnlyList<IWalSegmentSource> sources, WalSegmentVerifier verifier) : IAsyncDisposable
{
    /// <summary>Bytes that were read, good or not.</summary>
    public long BytesRead { get; private set; }

    /// <summary>A verified copy and where it is from; without content it says of each source why.</summary>
    public async Task<(byte[]? Content, string Text)> FindAsync(WalSegment segment, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var source in sources)
        {
            var copy = await source.ReadAsync(segment, cancellationToken).ConfigureAwait(false);
            BytesRead += copy.Content?.Length ?? 0;
            var problem = copy.Content is { } content ? verifier.Verify(segment, content)?.ToString() : copy.Problem;
            if (copy.Content is not null && problem is null)
                return (copy.Content, source.Name);
            reasons.Add($"{source.Name}: {(problem is null ? "not there" : copy.Content is null ? problem : $"the copy there is damaged: {problem}")}");
        }
        return (null, reasons.Count == 0 ? "there is no source to ask" : string.Join("; ", reasons));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources)
            await source.DisposeAsync().ConfigureAwait(false);
    }
}

namespace PatroniOps.Recovery;

/// <summary>How far a running rebuild is.</summary>
/// <param name="Phase">In words.</param>
/// <param name="BytesDone">Bytes copied; null when the server does not tell.</param>
/// <param name="BytesTotal">Bytes to copy, an estimate; null when the server does not tell.</param>
/// <param name="BytesPerSecond">The rate since the copy began; null at the beginning.</param>
public sealed record RebuildProgress(string Phase, long? BytesDone = null, long? BytesTotal = null, double? BytesPerSecond = null)
{
    /// <summary>At the present rate; null when it cannot be told.</summary>
    public TimeSpan? TimeLeft => BytesDone is { } done && BytesTotal is { } total && BytesPerSecond is > 0 and var rate && total > done
        ? TimeSpan.FromSeconds((total - done) / rate)
        : null;
}

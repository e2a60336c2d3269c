namespace PatroniOps.Archives.Verification;

/// <summary>How far a verification is.</summary>
/// <param name="Done">Segments that are through.</param>
/// <param name="Total">All segments of the part that is verified.</param>
/// <param name="Bytes">Uncompressed bytes that were read.</param>
/// <param name="Elapsed">Time since it began.</param>
public sealed record WalVerificationProgress(long Done, long Total, long Bytes, TimeSpan Elapsed)
{
    /// <summary>Uncompressed bytes a second.</summary>
    public double BytesPerSecond => Elapsed > TimeSpan.Zero ? Bytes / Elapsed.TotalSeconds : 0;

    /// <summary>Time until the end at this rate; null before anything is through.</summary>
    public TimeSpan? Left => Done > 0 ? Elapsed * ((Total - Done) / (double)Done) : null;
}

namespace PatroniOps.Benchmarks;

/// <summary>What came of measuring Test-WalArchive.</summary>
/// <param name="Comparisons">Side by side.</param>
/// <param name="Facts">What was found and how much memory it took, a sentence each.</param>
/// <param name="Bytes">Bytes of the plain segments.</param>
/// <param name="Load">The load average of a minute, before and after.</param>
internal sealed record WalArchiveFigures(IReadOnlyList<Comparison> Comparisons, IReadOnlyList<string> Facts, long Bytes, string Load);

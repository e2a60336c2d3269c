using PatroniOps.Wal;

namespace PatroniOps.Archives.Verification;

/// <summary>What came of reading one file of a segment.</summary>
/// <param name="File">The file.</param>
/// <param name="Problem">What is wrong with it; null when it is intact.</param>
/// <param name="Kind">The class of the problem.</param>
/// <param name="Sha1">The sum of its uncompressed bytes; null when it was not asked for, or not read to the end.</param>
/// <param name="Length">Uncompressed bytes that were read.</param>
internal sealed record SegmentReading(ArchivedFile File, WalProblem? Problem, WalArchiveProblemKind Kind, string? Sha1, long Length);

using System.Collections.Concurrent;
using PatroniOps.Archives.Continuity;

namespace PatroniOps.Archives.Verification;

/// <summary>Reads the contents of an archive on all cores and checks every page and record, over the borders of segments too.</summary>
internal sealed class WalVerifier(WalArchive archive, WalVerificationOptions options, TimeProvider time)
{
    /// <returns>The figures, and of each damaged file the first damage.</returns>
    public (WalVerification Figures, IReadOnlyList<WalArchiveProblem> Problems) Verify(
        WalCatalogue catalogue, TimelineTree tree, uint newest, WalArchiveIdentity? identity, ulong? systemIdentifier, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var log = new VerificationLog();
        var sequences = SegmentSequences.Of(catalogue.Ranges, tree, newest, catalogue.SegmentSize);
        var total = SegmentSequences.Runs(sequences, catalogue.SegmentSize, options).Sum(r => r.Count);
        var runs = Partitioner.Create(SegmentSequences.Runs(sequences, catalogue.SegmentSize, options), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(
            runs,
            new ParallelOptions { MaxDegreeOfParallelism = options.DegreeOfParallelism, CancellationToken = cancellationToken },
            () => new RunVerifier(archive, new SegmentReader(archive, systemIdentifier ?? identity?.SystemIdentifier, identity?.MajorVersion), log, options, cancellationToken),
            (run, _, verifier) =>
            {
                verifier.Verify(run);
                options.Progress?.Invoke(new(log.Segments + log.Known, total, log.Bytes, time.GetElapsedTime(started)));
                return verifier;
            },
            _ => { });
        return (new(log.Segments, log.Known, log.Bytes, log.Damaged, options.Partition, options.PartitionCount, time.GetElapsedTime(started)) { SumsSkipped = log.SumsSkipped }, log.Problems);
    }
}

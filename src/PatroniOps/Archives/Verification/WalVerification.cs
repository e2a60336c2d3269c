namespace PatroniOps.Archives.Verification;

/// <summary>What came of reading an archive's segments.</summary>
/// <param name="SegmentsRead">Segments whose files were read.</param>
/// <param name="SegmentsKnown">Segments that the ledger knows to be intact, which were not read.</param>
/// <param name="BytesRead">Uncompressed bytes of them.</param>
/// <param name="SegmentsDamaged">Segments of which no file is intact.</param>
/// <param name="Partition">Which part was verified, from 1.</param>
/// <param name="PartitionCount">How many parts there are; 1: all was.</param>
/// <param name="Duration">How long it took.</param>
public sealed record WalVerification(long SegmentsRead, long SegmentsKnown, long BytesRead, long SegmentsDamaged, int Partition, int PartitionCount, TimeSpan Duration)
{
    /// <summary>Files whose names hold a sum that was not compared, as was asked for.</summary>
    public long SumsSkipped { get; init; }

    /// <summary>Uncompressed bytes a second.</summary>
    public double BytesPerSecond => Duration > TimeSpan.Zero ? BytesRead / Duration.TotalSeconds : 0;

    public override string ToString() => $"{SegmentsRead} segments read, {SegmentsKnown} known by the ledger, {SegmentsDamaged} damaged";
}

using PatroniOps.Archives.Ledgers;

namespace PatroniOps.Archives.Verification;

/// <summary>How the contents of an archive are verified.</summary>
public sealed record WalVerificationOptions
{
    /// <summary>How many segments are read at the same time.</summary>
    public int DegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>What one worker reads in one go at most: long enough that the seams cost nothing. The less is left, the shorter it is.</summary>
    internal long RunBytes { get; init; } = 128L << 20;

    /// <summary>Which part is verified, from 1.</summary>
    public int Partition { get; init; } = 1;

    /// <summary>How many parts there are.</summary>
    public int PartitionCount { get; init; } = 1;

    /// <summary>What was found intact before is not read again, and what is found intact is added; null: everything is read.</summary>
    public WalLedger? Ledger { get; init; }

    /// <summary>Reads what the ledger knows all the same.</summary>
    public bool IgnoresLedger { get; init; }

    /// <summary>Does not compare the sums that pgBackRest writes into names. A ledger and copies of the same segment need them all the same.</summary>
    public bool SkipsSums { get; init; }

    /// <summary>Hears of progress, after every run of segments, from any thread.</summary>
    public Action<WalVerificationProgress>? Progress { get; init; }
}

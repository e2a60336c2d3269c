namespace PatroniOps.Archives.Verification;

/// <summary>Gathers what all workers find: of each file the first damage.</summary>
internal sealed class VerificationLog
{
    // An archive of another cluster's WAL has as many problems as segments: they are counted, and the first are named.
    private const int MostNamed = 10_000;

    private readonly Dictionary<string, WalArchiveProblem> problems = new(StringComparer.Ordinal);
    private readonly object guard = new();
    private long segments;
    private long known;
    private long damaged;
    private long bytes;
    private long sumsSkipped;

    public long Segments => Interlocked.Read(ref segments);

    public long Known => Interlocked.Read(ref known);

    public long Damaged => Interlocked.Read(ref damaged);

    public long Bytes => Interlocked.Read(ref bytes);

    public long SumsSkipped => Interlocked.Read(ref sumsSkipped);

    /// <summary>By file.</summary>
    public IReadOnlyList<WalArchiveProblem> Problems
    {
        get
        {
            lock (guard)
                return [.. problems.Values.OrderBy(p => p.Lsn).ThenBy(p => p.File, StringComparer.Ordinal)];
        }
    }

    /// <summary>A segment is through.</summary>
    public void Done(bool isIntact)
    {
        Interlocked.Increment(ref segments);
        if (!isIntact)
            Interlocked.Increment(ref damaged);
    }

    /// <summary>A segment need not be read.</summary>
    public void Skipped() => Interlocked.Increment(ref known);

    public void Read(long length) => Interlocked.Add(ref bytes, length);

    /// <summary>A file's sum is in its name and was not compared.</summary>
    public void SkippedSum() => Interlocked.Increment(ref sumsSkipped);

    /// <summary>Something is wrong with a file; of two words about it the one about the earlier position stays.</summary>
    public void Add(WalArchiveProblem problem)
    {
        lock (guard)
        {
            if (problems.TryGetValue(problem.File, out var known) ? !(problem.Lsn < known.Lsn) : problems.Count >= MostNamed)
                return;
            problems[problem.File] = problem;
        }
    }
}

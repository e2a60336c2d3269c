namespace PatroniOps.Benchmarks;

/// <summary>Two things measured in turn, so that whatever else the machine does meets both.</summary>
/// <param name="Target">The highest ratio of ours to theirs that is wanted; null: none is.</param>
internal sealed record Comparison(string OursName, Series Ours, string TheirsName, Series Theirs, double? Target)
{
    public double Ratio => Ours.Median / Theirs.Median;

    public double CpuRatio => Ours.Cpu / Theirs.Cpu;

    public static Comparison Run(string oursName, Action ours, string theirsName, Action theirs, int pairs, double? target)
    {
        // The first run of each fills the caches of files and, in a session, compiles; it does not count.
        ours();
        ours();
        theirs();
        var result = new Comparison(oursName, new Series(), theirsName, new Series(), target);
        for (var i = 0; i < pairs; i++)
        {
            result.Ours.Time(ours);
            result.Theirs.Time(theirs);
        }
        return result;
    }
}

using System.Diagnostics;

namespace PatroniOps.Benchmarks;

/// <summary>Times of one thing, in milliseconds.</summary>
internal sealed class Series
{
    private readonly List<double> values = [];
    private double cpu;

    public int Count => values.Count;

    public double Median => values.Order().ElementAt(values.Count / 2);

    public double Minimum => values.Min();

    public double Maximum => values.Max();

    /// <summary>Processor time of one run, of those that were timed here.</summary>
    public double Cpu => cpu / values.Count;

    public void Add(double milliseconds) => values.Add(milliseconds);

    public void Time(Action action)
    {
        var used = CpuTime.Used;
        var watch = Stopwatch.StartNew();
        action();
        values.Add(watch.Elapsed.TotalMilliseconds);
        cpu += CpuTime.Used - used;
    }
}

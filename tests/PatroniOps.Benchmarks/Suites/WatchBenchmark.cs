using System.Globalization;

namespace PatroniOps.Benchmarks.Suites;

/// <summary>A fleet watched by one process, beside one process a check.</summary>
internal sealed class WatchBenchmark : IBenchmark
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(4);

    public string Name => "watch";

    public Task<BenchmarkResult> RunAsync(Product product)
    {
        var checks = CheckProcesses.Measure();
        var run = WatchRun.Measure(product, Fleet.Clusters, Interval, Duration, sampleEvery: Interval, record: null);
        var peer = "one Python process a cluster for one question to REST, as check_patroni does it";
        var theirs = checks.Processor * run.Clusters;
        Figure[] figures =
        [
            new($"`Watch-PatroniCluster`, {run.Clusters} clusters of three: REST and SQL of every member, judged; processor time a round", Seconds(run.Round), peer, Seconds(theirs), run.Round / theirs),
            new($"the same every {Interval.TotalSeconds:0} s, of one core", Part(run.Cores), peer, Part(theirs / Interval), run.Cores / (theirs / Interval), "at most one core", run.Cores <= 1),
            new("the same, memory at most", Markdown.Megabytes(run.Resident), Target: $"at most {Markdown.Megabytes(WatchRun.MostResident)}", IsMet: run.Resident <= WatchRun.MostResident),
            new("findings told of by it, and events later", string.Create(CultureInfo.InvariantCulture, $"{run.Opened}, {run.Later}"), Target: "every cluster told of once, nothing later", IsMet: run.HasToldAll),
        ];
        var seen = string.Create(CultureInfo.InvariantCulture, $"{(run.Samples[^1].At - run.Samples[0].At).TotalMinutes:0.0} minutes, {run.Looks} looks ({run.Done:P0} of those that were due), answered by a stand-in in another process.");
        return Task.FromResult(new BenchmarkResult(figures, [seen]));
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Part(double cores) => string.Create(CultureInfo.InvariantCulture, $"{cores:0.00}");
}

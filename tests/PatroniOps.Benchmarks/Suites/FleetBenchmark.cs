using System.Globalization;

namespace PatroniOps.Benchmarks.Suites;

/// <summary>Many clusters in one pipeline.</summary>
internal sealed class FleetBenchmark : IBenchmark
{
    private const int Runs = 9;

    public string Name => "fleet";

    public Task<BenchmarkResult> RunAsync(Product product)
    {
        var fleet = Fleet.Measure(product, Runs);
        Figure[] figures =
        [
            new("`$addresses | Test-PatroniCluster`, one cluster of three".Replace("|", "\\|", StringComparison.Ordinal), Markdown.Times(fleet.One)),
            new($"the same, {Fleet.Clusters} clusters of three in one pipeline", Markdown.Times(fleet.All)),
            new("a cluster of these", string.Create(CultureInfo.InvariantCulture, $"{fleet.MillisecondsPerCluster:0.0} ms"), "the one cluster by itself", Markdown.Times(fleet.One), fleet.MillisecondsPerCluster / fleet.One.Median),
            Memory("live managed objects", fleet, sample => sample.Heap),
            Memory("working set", fleet, sample => sample.WorkingSet),
        ];
        return Task.FromResult(new BenchmarkResult(figures,
            [$"{Runs} runs of one cluster, {fleet.All.Count} of the fleet, after one that compiles, answered by a stand-in in another process."]));
    }

    private static Figure Memory(string what, Fleet fleet, Func<MemorySample, long> bytes)
    {
        var (first, last) = (fleet.Memory[0], fleet.Memory[^1]);
        return new($"{what} after {last.Clusters} clusters judged", Markdown.Megabytes(bytes(last)), $"after {first.Clusters}", Markdown.Megabytes(bytes(first)), (double)bytes(last) / bytes(first), "does not grow", fleet.IsMemoryFlat);
    }
}

using System.Globalization;

namespace PatroniOps.Benchmarks.Suites;

/// <summary>Reading archives of WAL beside what reads them today.</summary>
internal sealed class WalArchiveBenchmark : IBenchmark
{
    private const int Pairs = 7;

    public string Name => "wal-archive";

    public async Task<BenchmarkResult> RunAsync(Product product)
    {
        using var scan = new WalArchiveScan(product);
        var figures = await scan.MeasureAsync(Pairs);
        var processor = string.Join("; ", figures.Comparisons.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.CpuRatio:0.00}")));
        return new(
            [.. figures.Comparisons.Select(Figure.Of)],
            [
                $"{Pairs} interleaved pairs on {Markdown.Megabytes(figures.Bytes)} of WAL with a warm page cache, load of the machine meanwhile {figures.Load}. The same ratios of processor time: {processor}.",
                string.Join('\n', figures.Facts.Select(f => $"- {f}")),
            ]);
    }
}

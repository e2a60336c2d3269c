namespace PatroniOps.Benchmarks.Suites;

/// <summary>A base backup through the module beside one by hand.</summary>
internal sealed class BaseBackupBenchmark : IBenchmark
{
    private const int Rounds = 7;
    private const double Most = 1.05;

    public string Name => "base-backup";

    public async Task<BenchmarkResult> RunAsync(Product product)
    {
        var copy = await BaseBackupCopy.MeasureAsync(product, Rounds);
        var ratio = copy.Module.Median / copy.ByHand.Median;
        return new(
            [new($"the copy of `New-PatroniBaseBackup`, by its journal, of {Markdown.Megabytes(copy.Bytes)}", Markdown.Times(copy.Module), "`pg_basebackup` by hand", Markdown.Times(copy.ByHand), ratio, "at most 1.05", ratio <= Most)],
            [$"{Rounds} rounds in which the two take turns in going first, each after a sync, on a cluster of three on loopback."]);
    }
}

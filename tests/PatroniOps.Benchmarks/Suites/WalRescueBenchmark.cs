namespace PatroniOps.Benchmarks.Suites;

/// <summary>Bringing the missing WAL in place of a rebuild.</summary>
internal sealed class WalRescueBenchmark : IBenchmark
{
    private const int Rounds = 3;

    public string Name => "wal-rescue";

    public async Task<BenchmarkResult> RunAsync(Product product)
    {
        var rescue = await WalRescue.MeasureAsync(product, Rounds);
        Figure[] figures =
        [
            new($"`Restore-ReplicaWal` of a replica whose WAL was recycled, until it streams ({Markdown.Megabytes(rescue.RescueBytes)} moved)", Markdown.Times(rescue.Rescue),
                $"`pg_basebackup` alone, the copy of a rebuild ({Markdown.Megabytes(rescue.BaseBackupBytes)})", Markdown.Times(rescue.BaseBackup), rescue.Rescue.Median / rescue.BaseBackup.Median),
        ];
        return new(figures,
            [$"{Rounds} interleaved rounds on a cluster of three on loopback. The rescue moves what is missing, whatever the size of the database, and waits up to 5 s for the replica to look again; the copy grows with the database, which is a small one here."]);
    }
}

using System.Globalization;
using System.Text;

namespace PatroniOps.Benchmarks.Suites;

/// <summary>Fifty clusters watched for twenty minutes: what is held does not grow.</summary>
internal sealed class SoakBenchmark : IBenchmark
{
    private const int Clusters = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(21);

    public string Name => "soak";

    public Task<BenchmarkResult> RunAsync(Product product)
    {
        var record = Directory.CreateTempSubdirectory("patroniops-record-").FullName;
        try
        {
            var run = WatchRun.Measure(product, Clusters, Interval, Duration, sampleEvery: TimeSpan.FromMinutes(1), record);
            var recorded = Directory.EnumerateFiles(record, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
            Figure[] figures =
            [
                new($"`Watch-PatroniCluster -Record`, {Clusters} clusters of three every {Interval.TotalSeconds:0} s, memory at the end", Markdown.Megabytes(run.Samples[^1].Resident), "at the beginning", Markdown.Megabytes(run.Samples[0].Resident),
                    (double)run.Samples[^1].Resident / run.Samples[0].Resident, "memory and sockets do not grow", run.IsFlat),
                new("events after the first round", run.Later.ToString(CultureInfo.InvariantCulture), Target: "none, and all told of at first", IsMet: run.HasToldAll),
            ];
            return Task.FromResult(new BenchmarkResult(figures, [$"{run.Looks} looks, {run.Done:P0} of those that were due; {Markdown.Megabytes(recorded)} recorded.", Samples(run)]));
        }
        finally
        {
            Directory.Delete(record, recursive: true);
        }
    }

    private static string Samples(WatchRun run)
    {
        var text = new StringBuilder("| minutes | memory | sockets | threads | processor time |\n|--:|--:|--:|--:|--:|");
        foreach (var sample in run.Samples)
            text.Append(CultureInfo.InvariantCulture, $"\n| {sample.At.TotalMinutes:0.0} | {Markdown.Megabytes(sample.Resident)} | {sample.Sockets} | {sample.Threads} | {sample.Processor.TotalSeconds:0} s |");
        return text.ToString();
    }
}

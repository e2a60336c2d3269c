using System.Globalization;
using PatroniOps.Benchmarks;
using PatroniOps.Benchmarks.Suites;

if (args is ["--import", var manifest])
{
    Console.WriteLine(ImportTime.MeasureHere(manifest).ToString(CultureInfo.InvariantCulture));
    return 0;
}

// The fleet first, while this process holds nothing else.
IBenchmark[] all = [new FleetBenchmark(), new SessionBenchmark(), new WatchBenchmark(), new WalArchiveBenchmark(), new WalRescueBenchmark(), new BaseBackupBenchmark()];
IBenchmark[] known = [.. all, new SoakBenchmark()];
var wanted = args is ["all"] ? all : [.. known.Where(b => args.Contains(b.Name))];
if (wanted.Length == 0 || (args is not ["all"] && wanted.Length != args.Length))
{
    await Console.Error.WriteLineAsync($"Usage: dotnet run -c Release --project tests/PatroniOps.Benchmarks -- all | {string.Join(" | ", known.Select(b => b.Name))} ...");
    return 2;
}
var product = Product.Find(AppContext.BaseDirectory);
using var state = TemporaryState.Create();
var results = new List<(string Name, BenchmarkResult Result)>();
foreach (var benchmark in wanted)
{
    await Console.Error.WriteLineAsync($"== {benchmark.Name}");
    results.Add((benchmark.Name, await benchmark.RunAsync(product)));
}
Console.Write(Markdown.Report(results));
return results.All(r => r.Result.Figures.All(f => f.IsMet != false)) ? 0 : 1;

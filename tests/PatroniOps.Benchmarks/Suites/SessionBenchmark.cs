using PatroniOps.Lab;

namespace PatroniOps.Benchmarks.Suites;

/// <summary>What an operator waits for: an import, a diagnosis, a cold process, the scan of a log.</summary>
internal sealed class SessionBenchmark : IBenchmark
{
    private const int Pairs = 9;
    private const string Patronictl = "one `patronictl list` process";

    public string Name => "session";

    public async Task<BenchmarkResult> RunAsync(Product product)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"patroniops-bench-{Environment.ProcessId}");
        var figures = new List<Figure>();
        using (var scan = new LogScan(product))
            figures.Add(Figure.Of(Comparison.Run($"`Get-PatroniLogEvent` on {LogScan.Megabytes} MB", scan.Ours, "`grep -c` on the same file", scan.Grep, Pairs, target: 4)));
        try
        {
            await using var lab = await LabCluster.StartAsync(new LabOptions { Directory = directory }, line => Console.Error.WriteLine($"lab: {line}"));
            var patronictl = new PatronictlList(lab.Connection);
            using (var session = new WarmSession(product, lab.Connection))
                figures.Add(Figure.Of(Comparison.Run("whole diagnosis of three members in a warm session", session.Diagnose, Patronictl, patronictl.Run, Pairs, target: 1.0 / 3)));
            figures.Add(Figure.Of(Comparison.Run("`patroniops Get-PatroniCluster -Uri ...`, a cold process, REST", new ColdCommand(product, lab.Connection, withSql: false).Run, Patronictl, patronictl.Run, Pairs, target: 2)));
            figures.Add(Figure.Of(Comparison.Run("the same with SQL to every member", new ColdCommand(product, lab.Connection, withSql: true).Run, Patronictl, patronictl.Run, Pairs, target: 2)));
        }
        finally
        {
            await LabCluster.CleanAsync(directory);
        }
        var import = ImportTime.Measure(product, Pairs);
        figures.Add(new($"`Import-Module` in {import.Where}", Markdown.Times(import.Times), Target: $"at most {ImportTime.Target:0} ms", IsMet: import.Times.Median <= ImportTime.Target));
        return new(figures, [$"{Pairs} interleaved pairs on a cluster of three on loopback."]);
    }
}

using System.Diagnostics;
using System.Globalization;

namespace PatroniOps.Benchmarks;

/// <summary>One patroniops process that watches a fleet of stand-ins, looked at from outside.</summary>
/// <param name="Clusters">How many.</param>
/// <param name="Interval">Between two looks at a cluster.</param>
/// <param name="Samples">What it used; the first when everything had been looked at twice.</param>
/// <param name="Began">Clusters that were told of at first.</param>
/// <param name="Opened">Findings that were told of: those of the broken clusters.</param>
/// <param name="Looks">Looks at clusters from beginning to end, by the stand-in's count.</param>
/// <param name="Later">Events after the second look at everything: a fleet that does not change gives none.</param>
internal sealed record WatchRun(int Clusters, TimeSpan Interval, IReadOnlyList<WatchSample> Samples, long Looks, int Began, int Opened, int Later)
{
    public const long MostResident = 400L << 20;

    private const string Script =
        """
        param($Addresses, $Interval, $Record)
        $clusters = [IO.File]::ReadAllLines($Addresses) | ForEach-Object { [pscustomobject]@{ Uri = $_ } }
        $more = if ($Record) { @{ Record = $Record; RecordLimit = 4MB } } else { @{} }
        $clusters | Watch-PatroniCluster -Interval $Interval -PostgresCredential $PostgresCredential @more | ForEach-Object { [Console]::Out.WriteLine("$($_.Kind) $($_.Id)") }
        """;

    /// <summary>The part of one core that it used between the first sample and the last.</summary>
    public double Cores => (Samples[^1].Processor - Samples[0].Processor) / (Samples[^1].At - Samples[0].At);

    /// <summary>Processor time for one look at every cluster.</summary>
    public TimeSpan Round => Samples[^1].Processor / Looks * Clusters;

    /// <summary>The part of the looks that were due that were taken; below one when the machine was too busy.</summary>
    public double Done => Looks / (Samples[^1].At / Interval * Clusters);

    public long Resident => Samples.Max(s => s.Resident);

    /// <summary>It holds no more at the end than in the first half, but for the allocator's moods.</summary>
    public bool IsFlat => Samples[^1].Resident <= Samples.Take((Samples.Count + 1) / 2).Max(s => s.Resident) * 1.1 && Samples[^1].Sockets <= Samples.Take((Samples.Count + 1) / 2).Max(s => s.Sockets) + Clusters / 10;

    public bool HasToldAll => Began == Clusters && Later == 0 && Opened >= Clusters / 10;

    public static WatchRun Measure(Product product, int clusters, TimeSpan interval, TimeSpan duration, TimeSpan sampleEvery, string? record)
    {
        using var servers = FleetProcess.Start(clusters);
        var folder = Directory.CreateTempSubdirectory("patroniops-watch-").FullName;
        try
        {
            File.WriteAllLines(Path.Combine(folder, "addresses"), servers.Addresses.Select(a => a.ToString()));
            File.WriteAllText(Path.Combine(folder, "watch.ps1"), Script);
            using var process = Start(product, folder, interval, record);
            try
            {
                var run = Watch(process, clusters, interval, duration, sampleEvery);
                return run with { Looks = servers.End() };
            }
            finally
            {
                process.Kill();
                process.WaitForExit();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(Product product, string folder, TimeSpan interval, string? record)
    {
        string[] recording = record is null ? [] : ["-Record", record];
        var start = new ProcessStartInfo(product.Executable,
            ["-File", Path.Combine(folder, "watch.ps1"), "-Addresses", Path.Combine(folder, "addresses"), "-Interval", interval.TotalSeconds.ToString(CultureInfo.InvariantCulture), .. recording]) { RedirectStandardOutput = true };
        start.Environment["PATRONIOPS_PG_USERNAME"] = "observer";
        start.Environment["PATRONIOPS_PG_PASSWORD"] = "any";
        return Process.Start(start) ?? throw new InvalidOperationException($"{product.Executable} did not start.");
    }

    private static WatchRun Watch(Process process, int clusters, TimeSpan interval, TimeSpan duration, TimeSpan sampleEvery)
    {
        var events = new List<string>();
        process.OutputDataReceived += (_, line) =>
        {
            lock (events)
                events.Add(line.Data ?? "");
        };
        process.BeginOutputReadLine();
        var watch = Stopwatch.StartNew();
        Thread.Sleep(2 * interval + TimeSpan.FromSeconds(10));
        var first = Count(events, _ => true);
        var samples = new List<WatchSample> { WatchSample.Take(process.Id, watch.Elapsed) };
        while (watch.Elapsed < duration)
        {
            Thread.Sleep(sampleEvery);
            samples.Add(WatchSample.Take(process.Id, watch.Elapsed));
        }
        return new WatchRun(clusters, interval, samples, 0, Count(events, e => e.StartsWith("Began", StringComparison.Ordinal)), Count(events, e => e.StartsWith("Opened", StringComparison.Ordinal)), Count(events, _ => true) - first);
    }

    private static int Count(List<string> events, Func<string, bool> isWanted)
    {
        lock (events)
            return events.Count(isWanted);
    }
}

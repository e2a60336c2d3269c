using System.Globalization;
using System.Text;

namespace PatroniOps.Benchmarks;

/// <summary>The figures as Markdown.</summary>
internal static class Report
{
    public static string Markdown(IReadOnlyList<Comparison> comparisons, ImportTime import, int pairs)
    {
        var text = new StringBuilder();
        text.AppendLine("| what | median | min .. max | compared with | median | min .. max | ratio | target |");
        text.AppendLine("|---|--:|--:|---|--:|--:|--:|---|");
        foreach (var c in comparisons)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {c.OursName} | {c.Ours.Median:0} ms | {Span(c.Ours)} | {c.TheirsName} | {c.Theirs.Median:0} ms | {Span(c.Theirs)} | {c.Ratio:0.00} | {Verdict(c)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| `Import-Module` in {import.Where} | {import.Times.Median:0} ms | {Span(import.Times)} | | | | | {Verdict(import.Times.Median <= ImportTime.Target)}: at most {ImportTime.Target:0} ms |");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{pairs} interleaved pairs on a cluster of three on loopback; {Machine()}.");
        text.AppendLine("Repeat with `dotnet run -c Release --project tests/PatroniOps.Benchmarks`.");
        return text.ToString();
    }

    /// <summary>The section on many clusters in one pipeline.</summary>
    public static string Fleet(Fleet fleet, int pairs)
    {
        var text = new StringBuilder();
        text.AppendLine("| `$addresses \\| Test-PatroniCluster` | median | min .. max | a cluster |");
        text.AppendLine("|---|--:|--:|--:|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| one cluster of three | {fleet.One.Median:0} ms | {Span(fleet.One)} | {fleet.One.Median:0.0} ms |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| {Benchmarks.Fleet.Clusters} clusters of three in one pipeline | {fleet.All.Median:0} ms | {Span(fleet.All)} | {fleet.MillisecondsPerCluster:0.0} ms |");
        text.AppendLine();
        text.AppendLine("| clusters judged | live managed objects | working set |");
        text.AppendLine("|--:|--:|--:|");
        foreach (var sample in fleet.Memory)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {sample.Clusters} | {Megabytes(sample.Heap)} | {Megabytes(sample.WorkingSet)} |");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Memory does not grow with the number of clusters: {Verdict(fleet.IsMemoryFlat)}. {pairs} runs of one cluster, {fleet.All.Count} of the fleet, after one that compiles, answered by a stand-in in another process; {Machine()}.");
        text.AppendLine("Repeat with `dotnet run -c Release --project tests/PatroniOps.Benchmarks -- --fleet`.");
        return text.ToString();
    }

    /// <summary>The section on bringing WAL in place of a rebuild.</summary>
    public static string WalRescue(WalRescue rescue, int rounds)
    {
        var text = new StringBuilder();
        text.AppendLine("| a replica whose WAL was recycled | median | min .. max | moved |");
        text.AppendLine("|---|--:|--:|--:|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| `Restore-ReplicaWal`, until it streams | {rescue.Rescue.Median:0} ms | {Span(rescue.Rescue)} | {Megabytes(rescue.RescueBytes)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| `pg_basebackup` alone, the copy of a rebuild | {rescue.BaseBackup.Median:0} ms | {Span(rescue.BaseBackup)} | {Megabytes(rescue.BaseBackupBytes)} |");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{rounds} interleaved rounds on a cluster of three on loopback; {Machine()}. The rescue moves what is missing, whatever the size of the database, and waits up to 5 s for the replica to look again; the copy grows with the database, which is a small one here.");
        text.AppendLine("Repeat with `dotnet run -c Release --project tests/PatroniOps.Benchmarks -- --wal-rescue`.");
        return text.ToString();
    }

    /// <summary>The section on reading archives.</summary>
    public static string WalArchive(WalArchiveFigures figures, int pairs)
    {
        var text = new StringBuilder();
        text.AppendLine("| what | median | min .. max | compared with | median | min .. max | ratio | of CPU time | target |");
        text.AppendLine("|---|--:|--:|---|--:|--:|--:|--:|---|");
        foreach (var c in figures.Comparisons)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {c.OursName} | {c.Ours.Median:0} ms | {Span(c.Ours)} | {c.TheirsName} | {c.Theirs.Median:0} ms | {Span(c.Theirs)} | {c.Ratio:0.00} | {c.CpuRatio:0.00} | {Verdict(c)} |");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{pairs} interleaved pairs on {Megabytes(figures.Bytes)} of WAL with a warm page cache, load of the machine meanwhile {figures.Load}; {Machine()}. Repeat with `dotnet run -c Release --project tests/PatroniOps.Benchmarks -- --wal-archive`.");
        text.AppendLine();
        foreach (var fact in figures.Facts)
            text.AppendLine(CultureInfo.InvariantCulture, $"- {fact}");
        return text.ToString();
    }

    public static string BaseBackup(BaseBackupCopy copy, int rounds)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| a base backup of {Megabytes(copy.Bytes)} | median | min .. max |");
        text.AppendLine("|---|--:|--:|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| the copy of `New-PatroniBaseBackup`, by its journal | {copy.Module.Median:0} ms | {Span(copy.Module)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| `pg_basebackup` by hand | {copy.ByHand.Median:0} ms | {Span(copy.ByHand)} |");
        var ratio = copy.Module.Median / copy.ByHand.Median;
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{ratio:0.00} x, target at most 1.05: {Verdict(ratio <= 1.05)}. {rounds} interleaved rounds on a cluster of three on loopback; {Machine()}. Repeat with `dotnet run -c Release --project tests/PatroniOps.Benchmarks -- --base-backup`.");
        return text.ToString();
    }

    /// <summary>The section on watching a fleet.</summary>
    public static string Watch(WatchRun run, CheckProcesses checks)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| {run.Clusters} clusters of three every {run.Interval.TotalSeconds:0} s | processor time a round | cores | memory |");
        text.AppendLine("|---|--:|--:|--:|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| one `Watch-PatroniCluster`: REST and SQL of every member, judged | {run.Round.TotalSeconds:0.0} s | {run.Cores:0.00} | {Megabytes(run.Resident)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| one Python process a cluster for one question to REST, as check_patroni does it | {checks.Processor.TotalSeconds * run.Clusters:0.0} s | {checks.Processor * run.Clusters / run.Interval:0.00} | |");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Target at most one core and 400 MB: {Verdict(run is { Cores: <= 1, Resident: <= WatchRun.MostResident })}. All {run.Clusters} told of once, {run.Opened} findings, {run.Later} events later: {Verdict(run.HasToldAll)}. {(run.Samples[^1].At - run.Samples[0].At).TotalMinutes:0.0} minutes, {run.Looks} looks ({run.Done:P0} of those that were due), answered by a stand-in in another process; {Machine()}.");
        text.AppendLine("Repeat with `dotnet run -c Release --project tests/PatroniOps.Benchmarks -- --watch`.");
        return text.ToString();
    }

    /// <summary>The section on watching for a long time.</summary>
    public static string Soak(WatchRun run, long recorded)
    {
        var text = new StringBuilder();
        text.AppendLine("| minutes | memory | sockets | threads | processor time |");
        text.AppendLine("|--:|--:|--:|--:|--:|");
        foreach (var sample in run.Samples)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {sample.At.TotalMinutes:0.0} | {Megabytes(sample.Resident)} | {sample.Sockets} | {sample.Threads} | {sample.Processor.TotalSeconds:0} s |");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{run.Clusters} clusters of three every {run.Interval.TotalSeconds:0} s, recorded ({Megabytes(recorded)}); {run.Looks} looks, {run.Done:P0} of those that were due. Memory and sockets do not grow: {Verdict(run.IsFlat)}. All told of once, {run.Later} events later: {Verdict(run.HasToldAll)}. {Machine()}.");
        text.AppendLine("Repeat with `./test.sh soak`.");
        return text.ToString();
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB");

    private static string Machine() => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {Processor()}, .NET {Environment.Version}");

    private static string Span(Series series) => string.Create(CultureInfo.InvariantCulture, $"{series.Minimum:0} .. {series.Maximum:0}");

    private static string Verdict(Comparison c) => c.Target is { } most ? string.Create(CultureInfo.InvariantCulture, $"{Verdict(c.Ratio <= most)}: at most {most:0.00}") : "";

    private static string Verdict(bool isMet) => isMet ? "met" : "**missed**";

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";
}

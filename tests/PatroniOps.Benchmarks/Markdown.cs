using System.Globalization;
using System.Text;

namespace PatroniOps.Benchmarks;

/// <summary>Figures as Markdown.</summary>
internal static class Markdown
{
    private static readonly CompositeFormat RatioFormat = CompositeFormat.Parse("{0:0.00}");

    /// <summary>One table of all figures, then how each set of them was taken and how to repeat it.</summary>
    public static string Report(IReadOnlyList<(string Name, BenchmarkResult Result)> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| what | median (min .. max) | compared with | median (min .. max) | ratio | target |");
        text.AppendLine("|---|--:|---|--:|--:|---|");
        foreach (var figure in results.SelectMany(r => r.Result.Figures))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {figure.What} | {figure.Ours} | {figure.Peer} | {figure.Theirs} | {Ratio(figure)} | {Target(figure)} |");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine()}. All of it: `{Command("all")}`.");
        foreach (var (name, result) in results)
        {
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"`{Command(name)}`:");
            foreach (var note in result.Notes)
                text.AppendLine().AppendLine(note);
        }
        return text.ToString();
    }

    /// <summary>Median, minimum and maximum.</summary>
    public static string Times(Series series) => string.Create(CultureInfo.InvariantCulture, $"{series.Median:0} ms ({series.Minimum:0} .. {series.Maximum:0})");

    /// <summary>Mebibytes, as MB.</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB");

    public static string Verdict(bool isMet) => isMet ? "met" : "**missed**";

    private static string Command(string name) => $"dotnet run -c Release --project tests/PatroniOps.Benchmarks -- {name}";

    private static string Ratio(Figure figure) => figure.Ratio is { } ratio ? string.Format(CultureInfo.InvariantCulture, RatioFormat, ratio) : "";

    private static string Target(Figure figure) => figure is { Target: { } target, IsMet: { } isMet } ? $"{Verdict(isMet)}: {target}" : "";

    private static string Machine() => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {Processor()}, .NET {Environment.Version}");

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";
}

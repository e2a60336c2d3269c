using System.Globalization;
using System.Text;

namespace PatroniOps.Fuzz.Running;

/// <summary>The results as Markdown.</summary>
internal static class FuzzTable
{
    public static string Of(IReadOnlyList<FuzzResult> results, ulong seed)
    {
        var text = new StringBuilder();
        text.AppendLine("| parser | inputs | understood | a second | slowest | most allocated for one | memory | failures |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var r in results)
            text.AppendLine(r.Inputs == 0
                ? $"| {r.Target} | did not end | | | | | | {r.Failures} |"
                : string.Create(CultureInfo.InvariantCulture, $"| {r.Target} | {r.Inputs} | {(double)r.Understood / r.Inputs:P0} | {r.Inputs / r.Took.TotalSeconds:0} | {r.Slowest.TotalMilliseconds:0} ms | {r.MostAllocated >> 10} KB | {r.Resident >> 20} MB | {r.Failures} |"));
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {seed}; {results.Sum(r => r.Inputs)} inputs, {results.Sum(r => r.Failures)} failures");
        return text.ToString();
    }
}

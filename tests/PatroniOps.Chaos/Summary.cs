using System.Globalization;
using System.Text;

namespace PatroniOps.Chaos;

/// <summary>What came of it, in words and numbers.</summary>
internal sealed record Summary(
    ChaosOptions Options, IReadOnlyList<FaultReport> Faults, IReadOnlyList<string> FalseRepairs, long Rows, IReadOnlyList<string> Problems)
{
    /// <summary>Every fault was told of and has gone, nothing was repaired in vain, nothing is lost.</summary>
    public bool IsClean => Faults.Count > 0 && Faults.All(f => f is { Cause: not null, WholeAfter: not null }) && FalseRepairs.Count == 0 && Problems.Count == 0;

    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine().AppendLine("| fault | times | on the leader | told as | told after | whole again after | repaired by |").AppendLine("|---|--:|--:|---|--:|--:|---|");
        foreach (var kind in Faults.GroupBy(f => f.Description).OrderBy(g => g.Key, StringComparer.Ordinal))
            text.AppendLine(Row(kind.Key, [.. kind]));
        text.AppendLine();
        foreach (var fault in Faults.Where(f => f.Cause is null))
            text.AppendLine($"NOT REPORTED: {fault.Name} on {fault.Victim}");
        foreach (var fault in Faults.Where(f => f.WholeAfter is null))
            text.AppendLine($"NOT WHOLE AGAIN: after {fault.Name} on {fault.Victim}");
        foreach (var repair in FalseRepairs)
            text.AppendLine($"FALSE REPAIR: {repair}");
        foreach (var problem in Problems)
            text.AppendLine($"IN THE END: {problem}");
        return text.AppendLine(Line()).ToString();
    }

    private string Line()
    {
        var told = Faults.Count(f => f.Cause is not null);
        var lost = Problems.Count == 0 ? "0 lost" : "see above";
        return string.Create(CultureInfo.InvariantCulture, $"{(IsClean ? "clean" : "NOT CLEAN")}: seed {Options.Seed}, {Options.Minutes} min, {Faults.Count} faults, {told} told with their cause, {Faults.Sum(f => f.Repairs.Count)} repairs, {FalseRepairs.Count} false, {Rows} rows committed, {lost}");
    }

    private static string Row(string kind, IReadOnlyList<FaultReport> faults)
    {
        var repairs = faults.SelectMany(f => f.Repairs).GroupBy(r => r).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}");
        var whole = faults.Where(f => f.WholeAfter is not null).Select(f => f.WholeAfter!.Value).ToList();
        var told = faults.Where(f => f.Cause is not null).ToList();
        return $"| {kind} | {faults.Count} | {faults.Count(f => f.WasLeader)} | {string.Join(", ", told.Select(f => f.Cause).Distinct())} | {Range([.. told.Select(f => f.ReportedAfter)])} | {Range(whole)} | {string.Join(", ", repairs)} |";
    }

    private static string Range(List<TimeSpan> times) => times.Count switch
    {
        0 => "never",
        1 => string.Create(CultureInfo.InvariantCulture, $"{times[0].TotalSeconds:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{times.Min().TotalSeconds:0} .. {times.Max().TotalSeconds:0} s"),
    };
}

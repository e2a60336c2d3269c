namespace PatroniOps.Reporting.Nagios;

/// <summary>What a Nagios plugin says: a line with performance data, and the exit code.</summary>
public sealed record NagiosResult
{
    // What is not known is worse than a warning: it may hide a critical one.
    private static readonly NagiosStatus[] WorstLast = [NagiosStatus.Ok, NagiosStatus.Warning, NagiosStatus.Unknown, NagiosStatus.Critical];

    /// <summary>The judgement.</summary>
    public required NagiosStatus Status { get; init; }

    /// <summary>The exit code: 0, 1, 2 or 3.</summary>
    public int Code => (int)Status;

    /// <summary>What is the case, without bars and on one line.</summary>
    public required string Text { get; init => field = OneLine(value); }

    public IReadOnlyList<NagiosValue> Values { get; init; } = [];

    /// <summary>The line that the plugin prints.</summary>
    public string Line => $"PATRONIOPS {Status.ToString().ToUpperInvariant()} - {Text}{(Values.Count == 0 ? "" : $" | {string.Join(' ', Values)}")}";

    /// <summary>The worst of some; Unknown when there is none.</summary>
    public static NagiosStatus Worst(IEnumerable<NagiosStatus> statuses) =>
        statuses.Select(s => (int?)Array.IndexOf(WorstLast, s)).Max() is { } worst ? WorstLast[worst] : NagiosStatus.Unknown;

    /// <summary>All in one line, the worst first; nothing is Unknown.</summary>
    public static NagiosResult Combine(IReadOnlyCollection<NagiosResult> results) => results.Count == 0
        ? new() { Status = NagiosStatus.Unknown, Text = "Nothing was checked." }
        : new()
        {
            Status = Worst(results.Select(r => r.Status)),
            Text = string.Join("; ", results.OrderByDescending(r => Array.IndexOf(WorstLast, r.Status)).Select(r => r.Text.TrimEnd('.'))),
            Values = [.. results.SelectMany(r => r.Values)],
        };

    /// <summary>With limits on values by their labels. A limit on a value that there is not cannot be kept: Unknown.</summary>
    /// <param name="warning">Labels, or their ends behind a dot, with ranges.</param>
    /// <param name="critical">As above.</param>
    public NagiosResult With(IReadOnlyDictionary<string, NagiosRange> warning, IReadOnlyDictionary<string, NagiosRange> critical)
    {
        if (warning.Count + critical.Count == 0)
            return this;
        var values = Values.Select(v => v with { Warning = Of(warning, v), Critical = Of(critical, v) }).ToList();
        var absent = warning.Keys.Concat(critical.Keys).Distinct(StringComparer.Ordinal).Where(name => !Values.Any(v => IsNamed(v, name))).ToList();
        var broken = values.Where(v => v.Status != NagiosStatus.Ok).Select(v => v.Value is null ? $"{v.Label} is not known" : $"{v.Label} is beyond its limit").Concat(absent.Select(a => $"there is no value {a}"));
        return this with
        {
            Status = Worst([Status, .. values.Select(v => v.Status), .. absent.Select(_ => NagiosStatus.Unknown)]),
            Text = string.Join("; ", broken.Prepend(Text)),
            Values = values,
        };
    }

    private static NagiosRange? Of(IReadOnlyDictionary<string, NagiosRange> ranges, NagiosValue value) => ranges.FirstOrDefault(r => IsNamed(value, r.Key)).Value;

    private static bool IsNamed(NagiosValue value, string name) => value.Label == name || value.Label.EndsWith($".{name}", StringComparison.Ordinal);

    private static string OneLine(string text) => new([.. text.Select(c => c == '|' ? '/' : char.IsControl(c) ? ' ' : c)]);

    public override string ToString() => Line;
}

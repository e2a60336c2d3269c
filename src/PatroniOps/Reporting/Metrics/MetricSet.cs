using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PatroniOps.Reporting.Metrics;

/// <summary>Samples on their way into one text: a family's together, a series once. A value that is not known is not among them.</summary>
public sealed class MetricSet
{
    private readonly SortedDictionary<string, (MetricFamily Family, SortedDictionary<string, double> Series)> families = new(StringComparer.Ordinal);

    /// <summary>Takes a value; a later one of the same series replaces the earlier.</summary>
    /// <param name="family">The metric.</param>
    /// <param name="value">Null: not known, left out.</param>
    /// <param name="labels">One for each label of the family; null leaves the label out.</param>
    internal void Add(MetricFamily family, double? value, params string?[] labels)
    {
        if (value is not { } known)
            return;
        if (labels.Length != family.Labels.Count)
            throw new ArgumentException($"{family.Name} has {family.Labels.Count} labels, not {labels.Length}.", nameof(labels));
        if (!families.TryGetValue(family.Name, out var entry))
            families[family.Name] = entry = (family, new(StringComparer.Ordinal));
        entry.Series[LabelText(family, labels)] = known;
    }

    /// <summary>Null: not known, left out.</summary>
    internal void Add(MetricFamily family, bool? value, params string?[] labels) => Add(family, value is { } known ? known ? 1 : 0 : (double?)null, labels);

    /// <summary>A time in seconds.</summary>
    internal void Add(MetricFamily family, TimeSpan? value, params string?[] labels) => Add(family, value?.TotalSeconds, labels);

    /// <summary>An instant in seconds since 1970.</summary>
    internal void Add(MetricFamily family, DateTimeOffset? value, params string?[] labels) => Add(family, (value - DateTimeOffset.UnixEpoch)?.TotalSeconds, labels);

    /// <summary>One series for every value of the enumeration: 1 for the one that is the case, 0 for the others. The value is the last label.</summary>
    internal void AddState<T>(MetricFamily family, T state, params string?[] labels) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            Add(family, EqualityComparer<T>.Default.Equals(value, state), [.. labels, Word(value)]);
    }

    /// <summary>An enumeration's value as a label: pseudo_healthy.</summary>
    internal static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The text exposition format, version 0.0.4.</summary>
    /// <remarks>Source: Prometheus, instrumenting/exposition_formats.</remarks>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var (family, series) in families.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {Escaped(family.Help)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Name} {Word(family.Kind)}\n");
            foreach (var (labels, value) in series)
                text.Append(CultureInfo.InvariantCulture, $"{family.Name}{labels} {value}\n");
        }
        return text.ToString();
    }

    private static string LabelText(MetricFamily family, string?[] values)
    {
        var labels = family.Labels.Zip(values).Where(l => l.Second is not null).Select(l => $"{l.First}=\"{Escaped(l.Second!).Replace("\"", "\\\"", StringComparison.Ordinal)}\"").ToList();
        return labels.Count == 0 ? "" : $"{{{string.Join(',', labels)}}}";
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

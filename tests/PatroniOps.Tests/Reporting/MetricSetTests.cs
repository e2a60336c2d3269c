using CsCheck;
using PatroniOps.Diagnosis;
using PatroniOps.Reporting.Metrics;

namespace PatroniOps.Tests.Reporting;

public sealed class MetricSetTests
{
    private static readonly MetricFamily Family = MetricFamily.Gauge("sample", "A \\ and\na line.", "name");

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\"b", "a\\\"b")]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("a\nb", "a\\nb")]
    [InlineData("a\\nb", "a\\\\nb")]
    [InlineData("\\\"", "\\\\\\\"")]
    [InlineData("ünï{}=,", "ünï{}=,")]
    [InlineData("", "")]
    public void A_label_is_escaped(string value, string expected) => Assert.Equal($"patroniops_sample{{name=\"{expected}\"}} 1", Lines(m => m.Add(Family, 1, value)).Last());

    [Fact]
    public void Help_is_escaped_and_stands_before_the_type_and_the_samples() => Assert.Equal(
        ["# HELP patroniops_sample A \\\\ and\\na line.", "# TYPE patroniops_sample gauge", "patroniops_sample{name=\"a\"} 0.5"],
        Lines(m => m.Add(Family, 0.5, "a")));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-17, "-17")]
    [InlineData(201326592, "201326592")]
    [InlineData(1e18, "1E+18")]
    [InlineData(0.25, "0.25")]
    public void A_value_is_written_for_every_language(double value, string expected)
    {
        var culture = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            Assert.EndsWith($" {expected}", Lines(m => m.Add(Family, value, "a")).Last(), StringComparison.Ordinal);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    [Fact]
    public void What_is_not_known_is_left_out_with_its_family()
    {
        var metrics = new MetricSet();
        metrics.Add(Family, (double?)null, "a");
        metrics.Add(Family, (bool?)null, "a");
        metrics.Add(Family, (TimeSpan?)null, "a");
        metrics.Add(Family, (DateTimeOffset?)null, "a");

        Assert.Equal("", metrics.ToText());
    }

    [Fact]
    public void A_series_is_there_once_with_its_latest_value() => Assert.Equal(["patroniops_sample{name=\"a\"} 2"], Lines(m =>
    {
        m.Add(Family, 1, "a");
        m.Add(Family, 2, "a");
    }).Skip(2));

    [Fact]
    public void A_state_is_1_and_the_others_are_0()
    {
        var lines = Lines(m => m.AddState(Family, Verdict.PseudoHealthy)).Skip(2).ToList();

        Assert.Equal(Enum.GetValues<Verdict>().Length, lines.Count);
        Assert.Equal("patroniops_sample{name=\"pseudo_healthy\"} 1", Assert.Single(lines, l => l.EndsWith(" 1", StringComparison.Ordinal)));
    }

    [Fact]
    public void Any_label_stays_on_its_line_and_comes_back() => Gen.String.Sample(value =>
    {
        var line = Assert.Single(Lines(m => m.Add(Family, 1, value)).Skip(2));
        return Unescaped(line["patroniops_sample{name=\"".Length..^"\"} 1".Length]) == value;
    }, iter: 2_000, threads: 2);

    [Fact]
    public void Different_labels_never_become_one_series() => Gen.Select(Gen.String, Gen.String).Sample((left, right) =>
        Lines(m =>
        {
            m.Add(Family, 1, left);
            m.Add(Family, 1, right);
        }).Skip(2).Count() == (left == right ? 1 : 2), iter: 2_000, threads: 2);

    private static string[] Lines(Action<MetricSet> fill)
    {
        var metrics = new MetricSet();
        fill(metrics);
        return metrics.ToText().TrimEnd('\n').Split('\n');
    }

    // As Prometheus reads it: a quote or a backslash only behind a backslash.
    private static string? Unescaped(string text)
    {
        var value = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                return null;
            value.Append(text[i] != '\\' ? text[i] : text[++i] == 'n' ? '\n' : text[i]);
        }
        return value.ToString();
    }
}

using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PatroniOps.Reporting.Metrics;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting;

/// <summary>What is documented and alerted on is what is there.</summary>
public sealed partial class MonitoringExampleTests
{
    private static readonly string Folder = Path.Combine(TestEnvironment.RepositoryRoot, "examples", "monitoring");

    private static readonly MetricFamily[] Families = [.. typeof(MetricFamily).Assembly.GetTypes().Where(t => t.Namespace == typeof(MetricFamily).Namespace)
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic)).Where(f => f.FieldType == typeof(MetricFamily)).Select(f => (MetricFamily)f.GetValue(null)!)];

    [Fact]
    public async Task The_table_holds_every_metric_and_no_other() => Assert.Equal(
        Families.Select(f => $"| `{f.Name}` | {MetricSet.Word(f.Kind)} | {string.Join(", ", f.Labels)} | {f.Help} |").Order(StringComparer.Ordinal),
        (await File.ReadAllLinesAsync(Path.Combine(Folder, "README.md"))).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Alerts_are_about_metrics_and_labels_that_there_are()
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Folder, "patroniops.rules.yml"));
        Assert.All(Named().Matches(rules).Select(m => m.Value).Distinct(), name => Assert.Contains(Families, f => f.Name == name));
        Assert.All(Selected().Matches(rules), m => Assert.Contains(m.Groups["label"].Value, Families.Single(f => f.Name == m.Groups["name"].Value).Labels));
    }

    [Fact]
    public async Task The_dashboard_asks_for_metrics_and_labels_that_there_are()
    {
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "patroniops.dashboard.json")))!;
        var panels = dashboard["panels"]!.AsArray().Where(p => (string)p!["type"]! != "row").ToList();
        Assert.NotEmpty(panels);
        Assert.All(panels, panel => Assert.All(panel!["targets"]!.AsArray(), target =>
        {
            var expression = (string)target!["expr"]!;
            var families = Named().Matches(expression).Select(m => Families.SingleOrDefault(f => f.Name == m.Value)).ToList();
            Assert.NotEmpty(families);
            Assert.DoesNotContain(null, families);
            Assert.All(Selected().Matches(expression), m => Assert.Contains(m.Groups["label"].Value, Families.Single(f => f.Name == m.Groups["name"].Value).Labels));
            Assert.All(Legend().Matches((string)target["legendFormat"]!), m => Assert.Contains(families, f => f!.Labels.Contains(m.Groups["label"].Value)));
        }));
        var all = dashboard.ToJsonString();
        Assert.All(Named().Matches(all).Select(m => m.Value).Distinct(), name => Assert.Contains(Families, f => f.Name == name));
        Assert.Equal(panels.Count, panels.Select(p => (int)p!["id"]!).Distinct().Count());
    }

    [PromtoolFact]
    public async Task Promtool_accepts_the_alert_rules()
    {
        var (exitCode, text) = await Promtool.RunAsync("", "check", "rules", Path.Combine(Folder, "patroniops.rules.yml"));

        Assert.True(exitCode == 0, text);
    }

    [PromtoolFact]
    public async Task Promtool_sees_the_alerts_fire()
    {
        var (exitCode, text) = await Promtool.RunAsync("", "test", "rules", Path.Combine(Folder, "patroniops.test.yml"));

        Assert.True(exitCode == 0, text);
    }

    [GeneratedRegex("patroniops_[a-z_]+")]
    private static partial Regex Named();

    [GeneratedRegex("\\{\\{(?<label>[a-z_]+)\\}\\}")]
    private static partial Regex Legend();

    [GeneratedRegex("(?<name>patroniops_[a-z_]+)\\{(?<label>[a-z_]+)=")]
    private static partial Regex Selected();
}

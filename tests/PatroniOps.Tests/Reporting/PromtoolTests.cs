using PatroniOps.Diagnosis;
using PatroniOps.Reporting.Metrics;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting;

/// <summary>What Prometheus itself says of the text.</summary>
public sealed class PromtoolTests
{
    [PromtoolFact]
    public async Task It_finds_nothing_wrong_with_any_recorded_incident()
    {
        var all = new MetricSet();
        foreach (var file in Recordings())
        {
            var snapshot = await SnapshotFile.LoadAsync(file, default);
            var one = new MetricSet();
            ClusterMetrics.Add(one, snapshot, new Thresholds());
            Assert.Equal((0, ""), await Promtool.RunAsync(one.ToText(), "check", "metrics"));
            ClusterMetrics.Add(all, snapshot with { Cluster = $"{Path.GetFileName(file)} \"\\\n" }, new Thresholds());
        }
        Assert.Equal((0, ""), await Promtool.RunAsync(all.ToText(), "check", "metrics"));
    }

    [PromtoolFact]
    public async Task It_sees_a_text_that_is_wrong() =>
        Assert.NotEqual(0, (await Promtool.RunAsync("# TYPE patroniops_x gauge\npatroniops_x{name=\"a\"b\"} 1\n", "check", "metrics")).ExitCode);

    private static IEnumerable<string> Recordings() =>
        Directory.EnumerateFiles(Path.Combine(TestEnvironment.RepositoryRoot, "examples", "incidents"), "*.json").Where(f => Path.GetFileName(f) != "index.json").Order(StringComparer.Ordinal);
}

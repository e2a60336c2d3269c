namespace PatroniOps.Reporting.Metrics;

/// <summary>All series of one name. The name and the labels are stable: alerts and dashboards are built on them.</summary>
/// <param name="Name">The full name, in base units (bytes, seconds).</param>
/// <param name="Kind">Its type.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Labels">The names of its labels, in the order of the values.</param>
/// <remarks>Source: Prometheus, practices/naming.</remarks>
public sealed record MetricFamily(string Name, MetricKind Kind, string Help, IReadOnlyList<string> Labels)
{
    internal static MetricFamily Gauge(string name, string help, params string[] labels) => new($"patroniops_{name}", MetricKind.Gauge, help, labels);

    internal static MetricFamily Counter(string name, string help, params string[] labels) => new($"patroniops_{name}_total", MetricKind.Counter, help, labels);
}

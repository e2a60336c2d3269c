namespace PatroniOps.Reporting.Metrics;

/// <summary>What Prometheus calls the type of a metric.</summary>
public enum MetricKind
{
    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>A count that only grows, until its source is reset.</summary>
    Counter,
}

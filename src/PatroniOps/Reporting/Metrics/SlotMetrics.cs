using PatroniOps.Observing;
using PatroniOps.Snapshots;

namespace PatroniOps.Reporting.Metrics;

/// <summary>Each slot of each node, those that should be there and are not included.</summary>
internal static class SlotMetrics
{
    private static readonly MetricFamily State = Of("status", "1 for the slot's state beside what Patroni's rules want, 0 for the others.", "status");
    private static readonly MetricFamily Active = Of("active", "Whether somebody streams through it.");
    private static readonly MetricFamily Retained = Of("retained_bytes", "WAL from its restart_lsn to the node's position.");
    private static readonly MetricFamily Safe = Of("safe_wal_bytes", "WAL that can be written before it is in danger of being lost; left out without a limit.");
    private static readonly MetricFamily WalStatus = Of("wal_status", "1 for PostgreSQL's wal_status of the slot.", "wal_status");

    public static void Add(MetricSet metrics, ClusterSnapshot snapshot)
    {
        foreach (var slot in SlotComparison.Compare(snapshot))
        {
            string[] labels = [slot.Cluster, slot.Member, slot.SlotName];
            metrics.AddState(State, slot.Status, labels);
            metrics.Add(Active, slot.IsActive, labels);
            metrics.Add(Retained, slot.RetainedBytes, labels);
            metrics.Add(Safe, slot.SafeWalSize, labels);
            if (slot.WalStatus is { } status)
                metrics.Add(WalStatus, 1, [.. labels, status]);
        }
    }

    private static MetricFamily Of(string name, string help, params string[] more) => MetricFamily.Gauge($"slot_{name}", help, ["cluster", "member", "slot", .. more]);
}

using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Snapshots;

namespace PatroniOps.Reporting.Metrics;

/// <summary>What a snapshot gives to Prometheus. Pure.</summary>
public static class ClusterMetrics
{
    private static readonly MetricFamily Unread = MetricFamily.Gauge("unread_clusters", "Clusters that were asked and of which nothing was read.");
    private static readonly MetricFamily Taken = MetricFamily.Gauge("snapshot_timestamp_seconds", "When the cluster was read.", "cluster");
    private static readonly MetricFamily Up = MetricFamily.Gauge("cluster_up", "Whether this part of the cluster was read; what depends on a part that was not is left out.", "cluster", "part");
    private static readonly MetricFamily State = MetricFamily.Gauge("cluster_verdict", "1 for the cluster's verdict, 0 for the others.", "cluster", "verdict");
    private static readonly MetricFamily HasLeader = MetricFamily.Gauge("cluster_has_leader", "Whether Patroni names a leader.", "cluster");
    private static readonly MetricFamily Paused = MetricFamily.Gauge("cluster_paused", "Whether the cluster is in maintenance mode.", "cluster");
    private static readonly MetricFamily Found = MetricFamily.Gauge("finding", "1 for everything that is the case now; without member: of the cluster as a whole.", "cluster", "member", "id", "severity");

    /// <summary>How many clusters were asked in vain.</summary>
    public static void AddUnread(MetricSet metrics, int clusters) => metrics.Add(Unread, clusters);

    /// <summary>A cluster by name of which nothing was read.</summary>
    public static void AddUnread(MetricSet metrics, string cluster) => metrics.Add(Up, false, cluster, "view");

    /// <summary>Everything that the snapshot tells.</summary>
    public static void Add(MetricSet metrics, ClusterSnapshot snapshot, Thresholds thresholds)
    {
        var verdict = ClusterDiagnosis.Judge(snapshot, thresholds);
        AddCluster(metrics, snapshot, verdict);
        MemberMetrics.Add(metrics, snapshot, verdict);
        SlotMetrics.Add(metrics, snapshot);
        foreach (var status in WalArchiveStatus.FromSnapshot(snapshot, null, thresholds))
            ArchiveMetrics.Add(metrics, status);
    }

    private static void AddCluster(MetricSet metrics, ClusterSnapshot snapshot, ClusterVerdict verdict)
    {
        var cluster = snapshot.Cluster;
        metrics.Add(Taken, snapshot.TakenAt, cluster);
        metrics.Add(Up, snapshot.View.IsKnown, cluster, "view");
        metrics.Add(Up, snapshot.Configuration.IsKnown, cluster, "configuration");
        metrics.Add(Up, snapshot.History.IsKnown, cluster, "history");
        metrics.AddState(State, verdict.Verdict, cluster);
        metrics.Add(HasLeader, snapshot.View.IsKnown ? snapshot.Leader is not null : null, cluster);
        metrics.Add(Paused, snapshot.View.Value?.IsPaused, cluster);
        foreach (var finding in verdict.Findings)
            metrics.Add(Found, 1, cluster, finding.Member, finding.Id, MetricSet.Word(finding.Severity));
    }
}

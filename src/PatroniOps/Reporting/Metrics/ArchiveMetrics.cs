using PatroniOps.Archives;
using PatroniOps.Observing;

namespace PatroniOps.Reporting.Metrics;

/// <summary>Archiving by the servers' own word, and what a look into an archive found.</summary>
public static class ArchiveMetrics
{
    private static readonly string[] OfMember = ["cluster", "member"];
    private static readonly string[] OfArchive = ["cluster", "path"];

    private static readonly MetricFamily State = MetricFamily.Gauge("archive_state", "1 for how the member's archiving stands, 0 for the others.", [.. OfMember, "state"]);
    private static readonly MetricFamily Ready = MetricFamily.Gauge("archive_ready_files", "Files that wait to be archived (.ready).", OfMember);
    private static readonly MetricFamily Oldest = MetricFamily.Gauge("archive_oldest_ready_age_seconds", "How long the oldest file that is not archived has waited.", OfMember);
    private static readonly MetricFamily Archived = MetricFamily.Counter("archive_archived_files", "Files archived since the statistics were reset.", OfMember);
    private static readonly MetricFamily Failures = MetricFamily.Counter("archive_failures", "Failed attempts to archive since the statistics were reset.", OfMember);
    private static readonly MetricFamily LagBytes = MetricFamily.Gauge("archive_lag_bytes", "WAL that is nowhere but on the members.", OfMember);
    private static readonly MetricFamily Lag = MetricFamily.Gauge("archive_lag_seconds", "How old the newest archived segment is while WAL beyond it exists.", OfMember);
    private static readonly MetricFamily LastArchived = MetricFamily.Gauge("archive_last_archived_timestamp_seconds", "When a file was last archived.", OfMember);
    private static readonly MetricFamily LastFailed = MetricFamily.Gauge("archive_last_failed_timestamp_seconds", "When archiving last failed.", OfMember);

    private static readonly MetricFamily Verdict = MetricFamily.Gauge("archive_test_verdict", "1 for the verdict on the archive, 0 for the others.", [.. OfArchive, "verdict"]);
    private static readonly MetricFamily Gaps = MetricFamily.Gauge("archive_test_gaps", "Gaps in the archive; open ones are a loss.", [.. OfArchive, "status"]);
    private static readonly MetricFamily Problems = MetricFamily.Gauge("archive_test_problems", "Files that are not what they should be.", OfArchive);
    private static readonly MetricFamily Segments = MetricFamily.Gauge("archive_test_segments", "Different segments in the archive.", OfArchive);
    private static readonly MetricFamily Stored = MetricFamily.Gauge("archive_test_stored_bytes", "The archive's files as they are stored.", OfArchive);
    private static readonly MetricFamily Behind = MetricFamily.Gauge("archive_test_behind_bytes", "WAL that the cluster has written and the archive has not.", OfArchive);

    /// <summary>One member's archiving.</summary>
    public static void Add(MetricSet metrics, WalArchiveStatus status)
    {
        string[] labels = [status.Cluster, status.Member];
        metrics.AddState(State, status.State, labels);
        metrics.Add(Ready, status.ReadyCount, labels);
        metrics.Add(Oldest, status.OldestReadyAge, labels);
        metrics.Add(Archived, status.ArchivedCount, labels);
        metrics.Add(Failures, status.FailedCount, labels);
        metrics.Add(LagBytes, status.LagBytes, labels);
        metrics.Add(Lag, status.Lag, labels);
        metrics.Add(LastArchived, status.LastArchivedAt, labels);
        metrics.Add(LastFailed, status.LastFailedAt, labels);
    }

    /// <summary>One archive. Where it could not be judged its counts are not known either.</summary>
    public static void Add(MetricSet metrics, WalArchiveTest test)
    {
        string?[] labels = [test.Cluster, test.Location];
        metrics.AddState(Verdict, test.Verdict, labels);
        if (test.Verdict == WalArchiveVerdict.Unknown)
            return;
        foreach (var status in Enum.GetValues<WalArchiveGapStatus>())
            metrics.Add(Gaps, test.Gaps.Count(g => g.Status == status), [.. labels, MetricSet.Word(status)]);
        metrics.Add(Problems, test.Problems.Count, labels);
        metrics.Add(Segments, test.Count, labels);
        metrics.Add(Stored, test.StoredBytes, labels);
        metrics.Add(Behind, test.BehindBytes, labels);
    }
}

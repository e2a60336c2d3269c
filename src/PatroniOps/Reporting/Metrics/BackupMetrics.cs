using PatroniOps.Backups;

namespace PatroniOps.Reporting.Metrics;

/// <summary>What the test of a backup showed.</summary>
public static class BackupMetrics
{
    private static readonly string[] OfBackup = ["repository", "stanza", "backup"];

    private static readonly MetricFamily Outcome = MetricFamily.Gauge("backup_test_outcome", "1 for the worst outcome of the backup's checks, 0 for the others.", [.. OfBackup, "outcome"]);
    private static readonly MetricFamily Success = MetricFamily.Gauge("backup_test_success", "Whether every check passed; a skipped one is no success.", OfBackup);
    private static readonly MetricFamily Restored = MetricFamily.Gauge("backup_test_restored", "Whether the backup was restored and started, not only looked at.", OfBackup);
    private static readonly MetricFamily Started = MetricFamily.Gauge("backup_started_timestamp_seconds", "When the backup was begun.", OfBackup);
    private static readonly MetricFamily Tested = MetricFamily.Gauge("backup_test_timestamp_seconds", "When it was tested.", OfBackup);
    private static readonly MetricFamily Recovery = MetricFamily.Gauge("backup_recovery_seconds", "From nothing to a server that takes writes.", OfBackup);
    private static readonly MetricFamily Bytes = MetricFamily.Gauge("backup_restored_bytes", "The restored directory.", OfBackup);
    private static readonly MetricFamily Loss = MetricFamily.Gauge("backup_data_loss_seconds", "From the newest transaction that was recovered to the test.", OfBackup);

    /// <summary>One test.</summary>
    public static void Add(MetricSet metrics, PatroniBackupTest test)
    {
        string?[] labels = [test.Repository, test.Stanza, test.Label];
        metrics.AddState(Outcome, test.Outcome, labels);
        metrics.Add(Success, test.Outcome == BackupCheckOutcome.Unknown ? null : test.IsSuccess, labels);
        metrics.Add(Restored, test.IsRestored, labels);
        metrics.Add(Started, test.BackupStartedAt, labels);
        metrics.Add(Tested, test.TestedAt, labels);
        metrics.Add(Recovery, test.RecoveryTime, labels);
        metrics.Add(Bytes, test.RestoredBytes, labels);
        metrics.Add(Loss, test.DataLoss, labels);
    }
}

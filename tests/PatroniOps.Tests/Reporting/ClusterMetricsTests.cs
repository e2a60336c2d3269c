using PatroniOps.Archives;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Reporting.Metrics;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting;

public sealed class ClusterMetricsTests
{
    [Fact]
    public void A_healthy_cluster_says_so()
    {
        var lines = Lines(Cluster.Healthy());

        Assert.Contains("patroniops_cluster_verdict{cluster=\"demo\",verdict=\"healthy\"} 1", Lines(Verdicts.SampleSnapshot.Healthy()));
        Assert.Contains("patroniops_cluster_verdict{cluster=\"demo\",verdict=\"unknown\"} 0", Lines(Verdicts.SampleSnapshot.Healthy()));
        Assert.Contains("patroniops_member_leader{cluster=\"demo\",member=\"a\"} 1", lines);
        Assert.Contains("patroniops_member_streaming{cluster=\"demo\",member=\"b\"} 1", lines);
        Assert.Contains("patroniops_member_lag_bytes{cluster=\"demo\",member=\"b\"} 0", lines);
        Assert.Contains("patroniops_member_timeline{cluster=\"demo\",member=\"b\"} 1", lines);
        Assert.Contains("patroniops_slot_wal_status{cluster=\"demo\",member=\"a\",slot=\"b\",wal_status=\"reserved\"} 1", lines);
        Assert.Contains("patroniops_slot_retained_bytes{cluster=\"demo\",member=\"a\",slot=\"b\"} 0", lines);
        Assert.Contains("patroniops_archive_ready_files{cluster=\"demo\",member=\"a\"} 0", lines);
        Assert.Contains(lines, l => l.StartsWith("patroniops_snapshot_timestamp_seconds{cluster=\"demo\"} 17673", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_not_read_is_left_out_and_said_to_be_missing()
    {
        var lines = Lines(Cluster.Healthy().With("b", m => m with { Patroni = Cluster.Unread<PatroniStatus>(), Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "down") }));

        Assert.Contains("patroniops_member_up{cluster=\"demo\",member=\"b\",part=\"state\"} 0", lines);
        Assert.Contains("patroniops_member_up{cluster=\"demo\",member=\"c\",part=\"state\"} 1", lines);
        Assert.DoesNotContain(lines, l => l.Contains("member=\"b\"", StringComparison.Ordinal) && (l.Contains("lag_bytes", StringComparison.Ordinal) || l.Contains("_ready_files", StringComparison.Ordinal)
            || l.Contains("member_streaming", StringComparison.Ordinal) || l.Contains("replay_paused", StringComparison.Ordinal) || l.Contains("failures", StringComparison.Ordinal)));
        Assert.Contains("patroniops_member_replication{cluster=\"demo\",member=\"b\",state=\"unknown\"} 1", lines);
        Assert.Contains("patroniops_cluster_verdict{cluster=\"demo\",verdict=\"healthy\"} 0", lines);
    }

    [Fact]
    public void Without_the_list_nobody_is_said_to_lead_or_not_to()
    {
        var lines = Lines(Cluster.Healthy() with { View = Cluster.Unread<ClusterView>() });

        Assert.Contains("patroniops_cluster_up{cluster=\"demo\",part=\"view\"} 0", lines);
        Assert.DoesNotContain(lines, l => l.Contains("_leader", StringComparison.Ordinal) || l.Contains("_paused{cluster=\"demo\"}", StringComparison.Ordinal) || l.Contains("_absent", StringComparison.Ordinal));
    }

    [Fact]
    public void A_finding_is_a_series_while_it_is_the_case()
    {
        var stuck = Lines(Cluster.Healthy().Stuck("b", "0/4000000"));

        Assert.Contains("patroniops_finding{cluster=\"demo\",member=\"b\",id=\"WalMissing\",severity=\"critical\"} 1", stuck);
        Assert.Contains("patroniops_member_streaming{cluster=\"demo\",member=\"b\"} 0", stuck);
        Assert.Contains("patroniops_member_wal_available{cluster=\"demo\",member=\"b\"} 0", stuck);
        Assert.DoesNotContain(Lines(Cluster.Healthy()), l => l.StartsWith("patroniops_finding{", StringComparison.Ordinal) && l.Contains("critical", StringComparison.Ordinal));
    }

    [Fact]
    public void An_archive_that_could_not_be_judged_has_no_counts()
    {
        var metrics = new MetricSet();
        ArchiveMetrics.Add(metrics, new WalArchiveTest { Path = "/archive", Verdict = WalArchiveVerdict.Unknown, Reason = "it was not readable" });
        var lines = metrics.ToText().Split('\n');

        Assert.Contains("patroniops_archive_test_verdict{path=\"/archive\",verdict=\"unknown\"} 1", lines);
        Assert.DoesNotContain(lines, l => l.Contains("gaps", StringComparison.Ordinal) || l.Contains("segments", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(BackupCheckOutcome.Passed, "1")]
    [InlineData(BackupCheckOutcome.Skipped, "0")]
    [InlineData(BackupCheckOutcome.Failed, "0")]
    [InlineData(BackupCheckOutcome.Unknown, null)]
    public void Only_a_backup_whose_checks_passed_is_a_success(BackupCheckOutcome outcome, string? expected)
    {
        var metrics = new MetricSet();
        BackupMetrics.Add(metrics, new PatroniBackupTest { Repository = "/repo", Stanza = "main", Label = "x", Checks = [new BackupCheck("complete", outcome, "")] });
        var line = metrics.ToText().Split('\n').SingleOrDefault(l => l.StartsWith("patroniops_backup_test_success{", StringComparison.Ordinal));

        Assert.Equal(expected is null ? null : $"patroniops_backup_test_success{{repository=\"/repo\",stanza=\"main\",backup=\"x\"}} {expected}", line);
    }

    private static string[] Lines(ClusterSnapshot snapshot)
    {
        var metrics = new MetricSet();
        ClusterMetrics.Add(metrics, snapshot, new Thresholds());
        return metrics.ToText().Split('\n');
    }
}

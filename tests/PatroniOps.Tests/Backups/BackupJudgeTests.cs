using PatroniOps.Backups;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Backups;

public sealed class BackupJudgeTests
{
    private const long Size = WalSegment.DefaultSize;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    private static readonly PatroniBackup Sound = new()
    {
        Repository = "/repo", Label = "one", Kind = BackupKind.PgBackRest, Status = BackupStatus.Complete, StartedAt = Now - TimeSpan.FromHours(2), StoppedAt = Now - TimeSpan.FromHours(1),
        Timeline = 1, StartSegment = "000000010000000000000004", StopSegment = "000000010000000000000005", StartLsn = Lsn.Parse("0/4000028"), StopLsn = Lsn.Parse("0/5000100"),
    };

    // Timeline, first, last; the backup is 4 to 5.
    [Theory]
    [InlineData("1:3-9", true, null, "0/A000000", "0/A000000")]
    [InlineData("1:4-5", true, null, "0/6000000", "0/6000000")]
    [InlineData("1:4-4", false, "000000010000000000000005", "0/5000000", "0/5000000")]
    [InlineData("1:5-9", false, "000000010000000000000004", null, "0/A000000")]
    [InlineData("1:4-6,1:8-9", true, "000000010000000000000007", "0/7000000", "0/A000000")]
    [InlineData("1:4-6,2:7-9", true, null, "0/A000000", "0/A000000")]
    [InlineData("1:4-6,2:8-9", true, "000000020000000000000007", "0/7000000", "0/A000000")]
    [InlineData("1:6-9", false, "000000010000000000000004", null, "0/A000000")]
    public void Its_reach_ends_at_the_first_gap(string there, bool consistent, string? missing, string? end, string archiveEnd)
    {
        var ranges = there.Split(',').Select(r => r.Split(':', '-')).Select(p => new WalRange(uint.Parse(p[0]), ulong.Parse(p[1]), ulong.Parse(p[2]))).ToList();
        // Timeline 2 leaves the first in segment 7.
        var histories = there.Contains("2:", StringComparison.Ordinal) ? new[] { new TimelineHistory(2, [new TimelineSwitch(1, Lsn.Parse("0/7000100"), null, null, null)]) } : [];
        var reach = BackupReach.Of(Sound, Size, ranges, histories)!;
        Assert.Equal((consistent, missing, end, archiveEnd), (reach.IsConsistent!.Value, reach.Missing, reach.End?.ToString(), reach.ArchiveEnd?.ToString()));
    }

    [Theory]
    [InlineData(BackupStatus.Complete, 3, true, BackupCheckOutcome.Passed)]
    [InlineData(BackupStatus.Complete, 1, true, BackupCheckOutcome.Failed)]
    [InlineData(BackupStatus.Damaged, 3, true, BackupCheckOutcome.Failed)]
    [InlineData(BackupStatus.Unknown, 3, true, BackupCheckOutcome.Unknown)]
    [InlineData(BackupStatus.Complete, 3, false, BackupCheckOutcome.Unknown)]
    public void What_was_not_read_is_no_success(BackupStatus status, int maximumHours, bool isRead, BackupCheckOutcome expected)
    {
        var reach = isRead ? Reading.Of(new BackupReach(Size, true, null, Lsn.Parse("0/A000000"), Lsn.Parse("0/A000000"))) : Reading.Unknown<BackupReach>(FailureKind.Unreachable, "gone");
        var test = BackupJudge.Judge(Sound with { Status = status }, reach, TimeSpan.FromHours(maximumHours), Now);
        Assert.Equal((expected, expected == BackupCheckOutcome.Passed), (test.Outcome, test.IsSuccess));
    }

    [Theory]
    [InlineData(BackupCheckOutcome.Skipped)]
    [InlineData(BackupCheckOutcome.Unknown)]
    [InlineData(BackupCheckOutcome.Failed)]
    public void One_check_that_did_not_pass_spoils_the_whole(BackupCheckOutcome outcome)
    {
        var test = new PatroniBackupTest { Repository = "/r", Label = "l", Checks = [new("a", BackupCheckOutcome.Passed, ""), new("b", outcome, "why"), new("c", BackupCheckOutcome.NotApplicable, "")] };
        Assert.Equal((false, outcome, "b: why"), (test.IsSuccess, test.Outcome, test.Reason));
        Assert.False(new PatroniBackupTest { Repository = "/r", Label = "l" }.IsSuccess);
    }

    [Theory]
    [InlineData(30, null, BackupCheckOutcome.Passed)]
    [InlineData(90, null, BackupCheckOutcome.Failed)]
    [InlineData(30, "000000010000000000000007", BackupCheckOutcome.Failed)]
    public void The_window_begins_behind_the_last_gap(int minutes, string? missing, BackupCheckOutcome expected)
    {
        var reach = Reading.Of(new BackupReach(Size, true, missing, Lsn.Parse("0/7000000"), Lsn.Parse("0/A000000")));
        Assert.Equal(expected, BackupJudge.Window([(Sound, reach)], TimeSpan.FromMinutes(minutes), Now).Outcome);
    }

    [Fact]
    public void A_history_gives_back_what_was_written_and_leaves_out_half_a_line()
    {
        var folder = Directory.CreateTempSubdirectory("patroniops").FullName;
        try
        {
            var history = new RestoreHistory(folder);
            history.Add(new PatroniBackupTest { Repository = "/repo", Label = "one", TestedAt = Now, IsRestored = true, RecoveredTo = Lsn.Parse("0/A0"), Checks = [new("restore", BackupCheckOutcome.Passed, "ok") { Duration = TimeSpan.FromSeconds(1) }] });
            File.AppendAllLines(Path.Combine(folder, "restore-tests.jsonl"),
                ["", "null", """{"repository": "/repo", "label": "one", "checks": [null]}""", """{"repository": null, "label": "one"}""",
                    """{"repository": "/repo", "label": "one", "restoreDuration": "10675199.02:48:05", "recoveryDuration": "10675199.02:48:05"}""", """{"repository": "/re"""]);
            Assert.Single(history.List());
            Assert.Equal(Now, Assert.Single(history.Apply([Sound])).VerifiedAt);
            Assert.Null(Assert.Single(history.Apply([Sound with { Label = "two" }])).VerifiedAt);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

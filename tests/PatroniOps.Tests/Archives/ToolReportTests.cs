using PatroniOps.Archives;
using PatroniOps.Archives.Tools;
using PatroniOps.Backups;

namespace PatroniOps.Tests.Archives;

/// <summary>What pgBackRest 2.45 and Barman 3.4 have answered, and what came of the comparison.</summary>
public sealed class ToolReportTests
{
    private const string Info =
        """[{"archive":[{"database":{"id":1,"repo-key":1},"id":"15-1","max":"000000010000000000000004","min":"000000010000000000000001"}],"backup":[{"archive":{"start":"000000010000000000000004","stop":"000000010000000000000004"},"error":false,"label":"20261123-061911F","type":"full"}],"cipher":"aes-256-cbc","db":[{"id":1,"repo-key":1,"system-id":7711247570853183716,"version":"15"}],"name":"demo","status":{"code":0,"lock":{"backup":{"held":false}},"message":"ok"}}]""";

    private const string Check =
        """{"demo": {"archiver_errors": {"hint": "", "status": "OK"}, "failed_backups": {"hint": "there are 0 failed backups", "status": "OK"}, "wal_maximum_age": {"hint": "no last_wal_maximum_age provided", "status": "OK"}}}""";

    private const string Backups = """{"demo": [{"backup_id": "20261123T063439", "end_time": "Mon Nov 23 06:34:42 2026", "status": "DONE"}]}""";

    [Fact]
    public void Pgbackrests_word_is_read()
    {
        var report = PgBackRestReport.Parse(Info, "demo", "15-1");
        Assert.Equal((true, "ok", "000000010000000000000001", "000000010000000000000004"), (report.IsOk, report.Status, report.First, report.Last));
        Assert.Equal(["20261123-061911F"], report.Backups);
        Assert.Null(PgBackRestReport.Parse(Info, "demo", "14-1").First);
        Assert.Contains("other", PgBackRestReport.Parse(Info, "other", null).Unknown, StringComparison.Ordinal);
        Assert.NotNull(PgBackRestReport.Parse("ERROR", "demo", null).Unknown);
    }

    [Fact]
    public void Barmans_word_is_read()
    {
        var report = BarmanReport.Parse(Check, Backups, "demo");
        Assert.Equal((true, "OK", "20261123T063439"), (report.IsOk, report.Status, Assert.Single(report.Backups)));
        var failing = BarmanReport.Parse(Check.Replace("""0 failed backups", "status": "OK""", """1 failed backups", "status": "FAILED""", StringComparison.Ordinal), Backups, "demo");
        Assert.Equal((false, "FAILED: failed backups (there are 1 failed backups)"), (failing.IsOk, failing.Status));
        var other = BarmanReport.Parse("""{"_ERROR": ["Unknown server 'nope'"]}""", "{}", "nope");
        Assert.Contains("Unknown server", other.Unknown, StringComparison.Ordinal);
        Assert.Null(other.IsOk);
    }

    [Fact]
    public void An_archive_that_the_tool_calls_ok_with_a_gap_is_a_difference()
    {
        var report = PgBackRestReport.Parse(Info, "demo", "15-1");
        Assert.Empty(Test(WalArchiveVerdict.Good, 1, 4).With(report).ToolReport!.Differences);
        // It was asked before.
        Assert.Empty(Test(WalArchiveVerdict.Good, 2, 5).With(report).ToolReport!.Differences);
        Assert.Contains("is Gap: because", Assert.Single(Test(WalArchiveVerdict.Gap, 1, 4).With(report).ToolReport!.Differences), StringComparison.Ordinal);
        Assert.Contains("000000010000000000000003 was found", Assert.Single(Test(WalArchiveVerdict.Good, 1, 3).With(report).ToolReport!.Differences), StringComparison.Ordinal);
        Assert.Single(Test(WalArchiveVerdict.Good, 1, 4).With(report with { IsOk = false, Status = "other" }).ToolReport!.Differences);
        Assert.Empty(Test(WalArchiveVerdict.Good, 1, 4).With(report with { IsOk = false, Status = "no valid backups" }).ToolReport!.Differences);
        Assert.Empty(Test(WalArchiveVerdict.Gap, 1, 4).With(new ToolReport { Tool = "x", Unknown = "it is not there" }).ToolReport!.Differences);
        Assert.Null(Test(WalArchiveVerdict.Gap, 1, 4).With(null).ToolReport);
    }

    [Fact]
    public void Backups_that_only_one_knows_are_differences()
    {
        var report = PgBackRestReport.Parse(Info, "demo", null);
        Assert.Empty(ToolComparison.With(report, ["20261123-061911F"])!.Differences);
        Assert.Equal(2, ToolComparison.With(report, ["20261123-061912F"])!.Differences.Count);
        var failed = new PatroniBackupTest { Repository = "r", Label = "l", Checks = [new("WAL", BackupCheckOutcome.Failed, "gone")] };
        Assert.Equal("pgbackrest says ok, and here WAL: gone", Assert.Single(failed.With(report).ToolReport!.Differences));
    }

    private static WalArchiveTest Test(WalArchiveVerdict verdict, int first, int last) => new()
    {
        Path = "p", Verdict = verdict, Reason = "because", Timelines = [new(1, null, null, $"0000000100000000{first:X8}", $"0000000100000000{last:X8}", last - first + 1, 0, false)],
    };
}

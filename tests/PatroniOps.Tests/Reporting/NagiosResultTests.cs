using CsCheck;
using PatroniOps.Archives;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Reporting.Nagios;

namespace PatroniOps.Tests.Reporting;

public sealed class NagiosResultTests
{
    [Theory]
    [InlineData(Verdict.Healthy, 0)]
    [InlineData(Verdict.Degraded, 1)]
    [InlineData(Verdict.PseudoHealthy, 2)]
    [InlineData(Verdict.Critical, 2)]
    [InlineData(Verdict.Unknown, 3)]
    public void A_verdict_has_its_code(Verdict verdict, int code)
    {
        Assert.Equal(code, NagiosReport.Of(new ClusterVerdict { Cluster = "demo", Verdict = verdict, Members = [], Findings = [] })!.Code);
        Assert.Equal(code, NagiosReport.Of(new MemberVerdict { Cluster = "demo", Member = "b", Verdict = verdict, Findings = [] })!.Code);
    }

    [Theory]
    [InlineData(WalAvailabilityStatus.Streaming, true, 0)]
    [InlineData(WalAvailabilityStatus.CatchingUp, true, 0)]
    [InlineData(WalAvailabilityStatus.AvailableUpstream, true, 1)]
    [InlineData(WalAvailabilityStatus.AvailableUpstream, null, 3)]
    [InlineData(WalAvailabilityStatus.AvailableInArchive, false, 2)]
    [InlineData(WalAvailabilityStatus.OnAnotherMember, false, 2)]
    [InlineData(WalAvailabilityStatus.Missing, false, 2)]
    [InlineData(WalAvailabilityStatus.Diverged, false, 2)]
    [InlineData(WalAvailabilityStatus.Unknown, null, 3)]
    public void Needed_WAL_has_its_code(WalAvailabilityStatus status, bool? isAvailable, int code) =>
        Assert.Equal(code, NagiosReport.Of(new WalAvailability { Cluster = "demo", Member = "b", Reason = "it is so", Status = status, IsAvailable = isAvailable })!.Code);

    [Theory]
    [InlineData(WalArchivingState.Archiving, 0)]
    [InlineData(WalArchivingState.Standby, 0)]
    [InlineData(WalArchivingState.Off, 1)]
    [InlineData(WalArchivingState.Failing, 2)]
    [InlineData(WalArchivingState.Stuck, 2)]
    [InlineData(WalArchivingState.NotConfigured, 2)]
    [InlineData(WalArchivingState.Unknown, 3)]
    public void Archiving_has_its_code(WalArchivingState state, int code) =>
        Assert.Equal(code, NagiosReport.Of(new WalArchiveStatus { Cluster = "demo", Member = "a", Detail = "it is so", State = state })!.Code);

    [Theory]
    [InlineData(WalArchiveVerdict.Good, 0)]
    [InlineData(WalArchiveVerdict.Gap, 2)]
    [InlineData(WalArchiveVerdict.Damaged, 2)]
    [InlineData(WalArchiveVerdict.Unknown, 3)]
    public void An_archive_has_its_code(WalArchiveVerdict verdict, int code) =>
        Assert.Equal(code, NagiosReport.Of(new WalArchiveTest { Path = "/archive", Reason = "it is so", Verdict = verdict })!.Code);

    [Theory]
    [InlineData(BackupCheckOutcome.Passed, 0)]
    [InlineData(BackupCheckOutcome.NotApplicable, 0)]
    [InlineData(BackupCheckOutcome.Failed, 2)]
    [InlineData(BackupCheckOutcome.Skipped, 3)]
    [InlineData(BackupCheckOutcome.Unknown, 3)]
    public void A_backup_has_its_code(BackupCheckOutcome outcome, int code) =>
        Assert.Equal(code, NagiosReport.Of(new PatroniBackupTest { Repository = "/repo", Label = "x", Checks = [new BackupCheck("complete", outcome, "it is so")] })!.Code);

    [Fact]
    public void A_backup_of_which_nothing_was_checked_is_unknown() => Assert.Equal(3, NagiosReport.Of(new PatroniBackupTest { Repository = "/repo", Label = "x" })!.Code);

    [Theory]
    [InlineData(17, null, null, 0)]
    [InlineData(17, "~:16", null, 1)]
    [InlineData(17, "~:16", "~:16", 2)]
    [InlineData(17, "~:16", "~:20", 1)]
    [InlineData(null, null, null, 0)]
    [InlineData(null, "~:16", null, 3)]
    [InlineData(null, null, "~:16", 3)]
    public void A_limit_counts_and_on_what_is_not_known_it_is_unknown(int? lag, string? warning, string? critical, int code)
    {
        var result = new NagiosResult { Status = NagiosStatus.Ok, Text = "fine", Values = [new("b.lag", lag, "B")] }.With(Ranges("lag", warning), Ranges("lag", critical));

        Assert.Equal(code, result.Code);
        Assert.EndsWith(lag is null ? $"'b.lag'=U{(warning ?? critical) switch { null => "", _ => $";{warning};{critical}".TrimEnd(';') }}" : $"'b.lag'=17B{$";{warning};{critical}".TrimEnd(';')}", result.Line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_on_a_value_that_there_is_not_is_unknown() =>
        Assert.Equal(3, new NagiosResult { Status = NagiosStatus.Ok, Text = "fine", Values = [new("b.lag", 0, "B")] }.With(Ranges("lagg", "~:16"), Ranges("x", null)).Code);

    [Theory]
    [InlineData("lag", "'lag'=1")]
    [InlineData("it's", "'it''s'=1")]
    [InlineData("a=b|c\nd", "'a_b_c_d'=1")]
    public void A_label_is_quoted(string label, string expected) => Assert.Equal(expected, new NagiosValue(label, 1).ToString());

    [Fact]
    public void Whatever_the_text_is_there_is_one_line_with_one_bar() => Gen.Select(Gen.String, Gen.String).Sample((text, label) =>
    {
        var line = new NagiosResult { Status = NagiosStatus.Ok, Text = text, Values = [new(label, 1)] }.Line;
        return line.Count(c => c == '|') == 1 && !line.Any(char.IsControl);
    }, iter: 2_000, threads: 2);

    [Theory]
    [InlineData(new int[0], 3)]
    [InlineData(new[] { 0, 0 }, 0)]
    [InlineData(new[] { 0, 1 }, 1)]
    [InlineData(new[] { 1, 3, 0 }, 3)]
    [InlineData(new[] { 3, 2, 0 }, 2)]
    public void The_worst_counts_and_nothing_is_unknown(int[] codes, int expected) =>
        Assert.Equal(expected, NagiosResult.Combine([.. codes.Select(c => new NagiosResult { Status = (NagiosStatus)c, Text = "x" })]).Code);

    [Fact]
    public void Sentences_are_joined_with_the_worst_first() => Assert.Equal("PATRONIOPS CRITICAL - It is broken; It is fine",
        NagiosResult.Combine([new() { Status = NagiosStatus.Ok, Text = "It is fine." }, new() { Status = NagiosStatus.Critical, Text = "It is broken." }]).Line);

    private static Dictionary<string, NagiosRange> Ranges(string name, string? range) => range is null ? [] : new() { [name] = NagiosRange.Parse(range) };
}

using PatroniOps.Backups;

namespace PatroniOps.Archives.Tools;

/// <summary>Where a tool's word and what was found differ. The tool was asked first, so that what came since is no difference. Pure.</summary>
public static class ToolComparison
{
    /// <summary>Beside what was found in an archive.</summary>
    public static WalArchiveTest With(this WalArchiveTest test, ToolReport? report) => test with { ToolReport = Compared(report, told =>
    {
        var first = test.Timelines.Select(t => t.First).OfType<string>().Min(StringComparer.Ordinal);
        var last = test.Timelines.Select(t => t.Last).OfType<string>().Max(StringComparer.Ordinal);
        return
        [
            told.IsOk == true && test.IsGood == false ? $"{told.Tool} says {told.Status}, and the archive is {test.Verdict}: {test.Reason}" : null,
            told.IsOk == false && told.Status != PgBackRestReport.NoBackup && test.IsGood == true ? $"{told.Tool} says {told.Status}, and nothing wrong was found here" : null,
            told.First is { } oldest && first is not null && string.CompareOrdinal(first, oldest) < 0 ? $"{told.Tool} says that {oldest} is the oldest segment, and {first} is there" : null,
            told.Last is { } newest && (last is null || string.CompareOrdinal(newest, last) > 0) ? $"{told.Tool} says that {newest} is the newest segment, and {last ?? "none"} was found" : null,
        ];
    }) };

    /// <summary>Beside the backups of the same repository.</summary>
    public static ToolReport? With(ToolReport? report, IReadOnlyCollection<string> labels) => Compared(report, told =>
    [
        .. told.Backups.Except(labels).Select(label => $"{told.Tool} knows the backup {label}, which was not found here"),
        .. labels.Except(told.Backups).Select(label => $"the backup {label} was found here, and {told.Tool} does not know it"),
    ]);

    /// <summary>Beside what tests of one backup showed.</summary>
    public static PatroniBackupTest With(this PatroniBackupTest test, ToolReport? report) => test with
    {
        ToolReport = Compared(report, told => [told.IsOk == true && test.Outcome == BackupCheckOutcome.Failed ? $"{told.Tool} says {told.Status}, and here {test.Reason}" : null]),
    };

    private static ToolReport? Compared(ToolReport? report, Func<ToolReport, IEnumerable<string?>> differences) =>
        report is null or { Unknown: not null } ? report : report with { Differences = [.. report.Differences, .. differences(report).OfType<string>()] };
}

using PatroniOps.Archives.Verification;

namespace PatroniOps.Archives;

/// <summary>The verdict on what was found in an archive.</summary>
internal static class WalArchiveJudge
{
    public static WalArchiveTest Judge(WalArchiveTest test)
    {
        var errors = test.Problems.Where(p => p.IsError).ToList();
        var open = test.Gaps.Where(g => g.Status == WalArchiveGapStatus.Open).ToList();
        var lost = errors.Where(p => p.Kind is not WalArchiveProblemKind.Unreadable and not WalArchiveProblemKind.HistoryMissing).ToList();
        var (verdict, reason) =
            lost.Count > 0 ? (WalArchiveVerdict.Damaged, Damaged(lost, open))
            : open.Count > 0 ? (WalArchiveVerdict.Gap, Gaps(open))
            : test.Count == 0 ? (WalArchiveVerdict.Unknown, "It holds no segment.")
            : errors.Count > 0 ? (WalArchiveVerdict.Unknown, $"{Text(errors[0])}{More(errors.Count - 1)}.")
            : test.Gaps.Any(g => g.Status == WalArchiveGapStatus.Recent) ? (WalArchiveVerdict.Unknown, $"{test.Gaps.First(g => g.Status == WalArchiveGapStatus.Recent)} is not there, and what lies behind it was archived a moment ago: look again.")
            : (WalArchiveVerdict.Good, $"{test.Count} segments, {test.First} to {test.Last}: {(test.Gaps.Any(g => g.Status == WalArchiveGapStatus.Approved) ? "nothing is missing that is not known" : "nothing is missing")}{Contents(test)}.");
        return test with { Verdict = verdict, Reason = reason, NextCommand = verdict is WalArchiveVerdict.Gap or WalArchiveVerdict.Damaged ? BackupCommand(test.Kind) : null };
    }

    private static string Contents(WalArchiveTest test) => test.Verification switch
    {
        null when test.StoredBytes is null => " by their names alone; sizes were not looked at, and -Deep reads them",
        null => " by their names; -Deep reads them",
        { PartitionCount: > 1 } part => $", and every record of part {part.Partition} of {part.PartitionCount} is intact{Sums(part)}",
        var all => $", and every record is intact{(all.SegmentsKnown > 0 ? $"; {all.SegmentsKnown} were found so before and were not read again" : "")}{Sums(all)}",
    };

    private static string Sums(WalVerification verification) => verification.SumsSkipped > 0 ? $"; the sums in {verification.SumsSkipped} names were not compared" : "";

    // Only a base backup from behind a loss reaches what lies behind it.
    private static string BackupCommand(ArchiveKind kind) => kind switch
    {
        ArchiveKind.PgBackRest => "pgbackrest --stanza=STANZA backup",
        ArchiveKind.Barman => "barman backup SERVER",
        ArchiveKind.WalG => "wal-g backup-push DIRECTORY",
        _ => "pg_basebackup -D DIRECTORY",
    };

    private static string Damaged(List<WalArchiveProblem> lost, List<WalArchiveGap> open) =>
        $"{Text(lost[0])}{More(lost.Count - 1)}.{(open.Count > 0 ? $" {Gaps(open)}" : "")}";

    private static string Gaps(List<WalArchiveGap> open)
    {
        var first = open[0];
        var until = first.UnreachableTo is { } to ? $"until {to}, where the next base backup is consistent" : "from there on, because no later base backup is known";
        var count = open.Sum(g => g.Count);
        return $"{count} {(count == 1 ? "segment is" : "segments are")} missing in {open.Count} {(open.Count == 1 ? "place" : "places")}, the first {first}: nothing can be recovered from {first.UnreachableFrom} {until}.";
    }

    private static string Text(WalArchiveProblem problem) =>
        $"{problem.File}{(problem.File.Length > 0 ? ": " : "")}{problem.Reason}{(problem.Lsn is { } at ? $" at {at}" : "")}";

    private static string More(int count) => count > 0 ? $", and {count} more" : "";
}

using PatroniOps.Archives.Continuity;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>Tells what a missing run means: between which backups it lies and which points can no longer be reached.</summary>
internal sealed class GapReport(WalArchive archive, WalArchiveQuestion question, string? systemIdentifier, IReadOnlyList<ArchivedBackup> backups, DateTimeOffset now)
{
    public WalArchiveGap Of(MissingRun run)
    {
        var (start, end) = (run.First.Start, run.Last.End);
        var next = backups.FirstOrDefault(b => b.StartLsn >= end);
        var writtenAfter = WrittenAt(run.After);
        return Approved(new WalArchiveGap
        {
            HostName = archive.HostName,
            Path = archive.Path,
            SystemIdentifier = systemIdentifier,
            Timeline = run.Timeline,
            First = run.First.Name,
            Last = run.Last.Name,
            Count = (end - start) / run.First.Size,
            Bytes = end - start,
            Before = run.Before.Name,
            After = run.After.Name,
            PreviousBackup = backups.LastOrDefault(b => (b.StopLsn ?? b.StartLsn) <= start),
            NextBackup = next,
            UnreachableFrom = start,
            UnreachableTo = next is null ? null : next.StopLsn ?? next.StartLsn,
            UnreachableFromTime = WrittenAt(run.Before),
            UnreachableToTime = next?.StoppedAt,
            Status = run.IsAbandoned ? WalArchiveGapStatus.Abandoned
                : writtenAfter is { } at && now - at < question.GracePeriod ? WalArchiveGapStatus.Recent : WalArchiveGapStatus.Open,
        });
    }

    private WalArchiveGap Approved(WalArchiveGap gap)
    {
        var approval = question.Approvals.Where(a => a.Covers(gap)).MaxBy(a => a.ExpiresAt);
        return gap with { Approval = approval, Status = gap.Status == WalArchiveGapStatus.Open && approval?.ExpiresAt > now ? WalArchiveGapStatus.Approved : gap.Status };
    }

    private DateTimeOffset? WrittenAt(WalSegment segment) => archive.Find(segment) is [var file, ..] ? file.WrittenAt : null;
}

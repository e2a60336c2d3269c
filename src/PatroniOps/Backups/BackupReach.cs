using PatroniOps.Archives;
using PatroniOps.Archives.Continuity;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>How far recovery from a backup comes through an archive, by the names of its segments.</summary>
/// <param name="SegmentSize">Bytes of a segment.</param>
/// <param name="IsConsistent">Everything from the backup's start to its stop is there; null when the backup does not say where that is.</param>
/// <param name="Missing">The first segment that is missing although recovery would need it: at the backup itself, or before others that are there; null: none.</param>
/// <param name="End">Up to here there is no gap; null when not even the first segment is there.</param>
/// <param name="ArchiveEnd">Up to here the archive goes, gaps or not, on the way to its newest timeline.</param>
public sealed record BackupReach(long SegmentSize, bool? IsConsistent, string? Missing, Lsn? End, Lsn? ArchiveEnd)
{
    /// <summary>Reads names and histories of the archive.</summary>
    /// <returns>Null when the backup does not say where it begins.</returns>
    /// <exception cref="Patroni.PatroniOpsException">The archive may not or cannot be read.</exception>
    public static BackupReach? Of(PatroniBackup backup, WalArchive archive, CancellationToken cancellationToken)
    {
        var size = backup.WalSegmentSize ?? WalArchiveIdentity.Find(archive, cancellationToken)?.SegmentSize ?? WalSegment.DefaultSize;
        var catalogue = WalCatalogue.Read(archive, size, cancellationToken);
        return Of(backup, size, catalogue.Ranges, ArchiveHistories.Read(archive, catalogue, (_, _) => { }));
    }

    internal static BackupReach? Of(PatroniBackup backup, long size, IReadOnlyList<WalRange> ranges, IReadOnlyCollection<TimelineHistory> histories)
    {
        if (Segment(backup.StartSegment, backup.StartLsn, backup.Timeline, size) is not { } start)
            return null;
        var stop = backup.StopLsn is { Value: > 0 } lsn ? (lsn.Value - 1) / (ulong)size : Segment(backup.StopSegment, null, null, size)?.Number;
        var line = Line(start, ranges, histories, size);
        var present = WalContinuity.Present(line, ranges).ToList();
        var next = start.Number;
        foreach (var run in present.Where(r => r.Last >= start.Number).TakeWhile(r => r.First <= next))
            next = Math.Max(next, run.Last + 1);
        var last = present.Count == 0 ? (ulong?)null : present[^1].Last;
        var isBroken = next == start.Number || next <= stop || next <= last;
        return new BackupReach(
            size,
            stop is null ? null : next > stop,
            isBroken ? new WalSegment(line.LastOrDefault(p => p.Holds(next))?.Timeline ?? start.Timeline, next, size).Name : null,
            next == start.Number ? null : new Lsn(next * (ulong)size),
            last is { } end ? new Lsn((end + 1) * (ulong)size) : null);
    }

    // To the newest timeline, as recovery goes; a backup of a branch that was left can only follow that.
    private static IReadOnlyList<LinePiece> Line(WalSegment start, IReadOnlyList<WalRange> ranges, IReadOnlyCollection<TimelineHistory> histories, long size)
    {
        var tree = new TimelineTree(histories, size);
        var newest = ranges.Select(r => r.Timeline).Concat(histories.Select(h => h.Current)).Append(start.Timeline).Max();
        var line = tree.LineOf(newest);
        return line.Any(p => p.Timeline == start.Timeline && p.Holds(start.Number)) ? line : tree.LineOf(start.Timeline);
    }

    private static WalSegment? Segment(string? name, Lsn? position, uint? timeline, long size) =>
        WalSegment.TryParse(name, size, out var segment) ? segment : position is { } at && timeline is { } line ? WalSegment.Holding(at, line, size) : null;
}

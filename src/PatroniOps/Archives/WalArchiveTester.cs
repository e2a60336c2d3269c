using System.Globalization;
using PatroniOps.Archives.Continuity;
using PatroniOps.Archives.Verification;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>Reads an archive's names, histories and labels, and judges whether recovery can pass through it. Reads no segment but one's head.</summary>
/// <param name="archive">The archive of one database cluster.</param>
/// <param name="question">What is known of the cluster.</param>
/// <param name="time">The clock.</param>
public sealed class WalArchiveTester(WalArchive archive, WalArchiveQuestion question, TimeProvider time)
{
    private readonly List<WalArchiveProblem> problems = [];

    /// <param name="deep">Also reads every segment; null: names and sizes only.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="PatroniOpsException">The archive may not or cannot be read.</exception>
    public WalArchiveTest Test(WalVerificationOptions? deep, CancellationToken cancellationToken) => Test(WalCatalogue.Read, deep, cancellationToken);

    /// <summary>Looks at nothing but the names of segments: a file that is empty or too short is not noticed.</summary>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="PatroniOpsException">The archive may not or cannot be read.</exception>
    public WalArchiveTest TestNames(CancellationToken cancellationToken) => Test(WalCatalogue.ReadNames, deep: null, cancellationToken);

    private WalArchiveTest Test(Func<WalArchive, long, CancellationToken, WalCatalogue> read, WalVerificationOptions? deep, CancellationToken cancellationToken)
    {
        var identity = WalArchiveIdentity.Find(archive, cancellationToken);
        var size = question.SegmentSize ?? identity?.SegmentSize ?? WalSegment.DefaultSize;
        var catalogue = read(archive, size, cancellationToken);
        var histories = ArchiveHistories.Read(archive, catalogue, (file, why) =>
            problems.Add(new(WalArchiveProblemKind.HistoryDamaged, file.Path, null, null, $"the history cannot be read: {why}")));
        var newest = question.History?.Current ?? catalogue.Ranges.Select(r => r.Timeline).Concat(histories.Select(h => h.Current)).DefaultIfEmpty(1u).Max();
        var tree = new TimelineTree(question.History is { } told ? [told, .. histories] : histories, size);
        var backups = catalogue.BackupLabels.Select(f => ArchivedBackup.Read(archive, f, size)).OfType<ArchivedBackup>().OrderBy(b => b.StartLsn.Value).ToList();
        var line = WalContinuity.Present(tree.LineOf(newest), catalogue.Ranges).ToList();
        AddProblems(catalogue, identity, tree, newest);
        var system = identity?.SystemIdentifier.ToString(CultureInfo.InvariantCulture) ?? question.SystemIdentifier;
        var report = new GapReport(archive, question, system, backups, time.GetUtcNow());
        var gaps = WalContinuity.Check(catalogue.Ranges, tree, newest, size).Select(report.Of).ToList();
        var verification = deep is null ? null : Verify(deep, catalogue, tree, newest, identity, cancellationToken);
        var last = line.Count == 0 ? (WalSegment?)null : new WalSegment(line[^1].Timeline, line[^1].Last, size);
        return WalArchiveJudge.Judge(new WalArchiveTest
        {
            ConnectionId = question.ConnectionId,
            Cluster = question.Cluster,
            HostName = archive.HostName,
            Path = archive.Path,
            Kind = archive.Kind,
            SystemIdentifier = system,
            MajorVersion = identity?.MajorVersion,
            SegmentSize = size,
            Count = catalogue.Count,
            StoredBytes = catalogue.StoredBytes,
            First = line.Count == 0 ? null : new WalSegment(line[0].Timeline, line[0].First, size).Name,
            Last = last?.Name,
            BehindBytes = question.CurrentLsn is { } now && last is { } archived ? Math.Max(0, now - archived.End) : null,
            Timelines = Timelines(catalogue, tree, histories),
            Backups = backups,
            Gaps = gaps,
            Problems = problems,
            Verification = verification,
            Reason = "",
        });
    }

    // What the contents say of a file replaces what its name and size said.
    private WalVerification Verify(WalVerificationOptions deep, WalCatalogue catalogue, TimelineTree tree, uint newest, WalArchiveIdentity? identity, CancellationToken cancellationToken)
    {
        ulong? wanted = ulong.TryParse(question.SystemIdentifier, NumberStyles.None, CultureInfo.InvariantCulture, out var system) ? system : null;
        var (figures, found) = new WalVerifier(archive, deep, time).Verify(catalogue, tree, newest, identity, wanted, cancellationToken);
        var files = found.Select(p => p.File).ToHashSet(StringComparer.Ordinal);
        problems.RemoveAll(p => files.Contains(p.File));
        problems.AddRange(found);
        return figures;
    }

    private void AddProblems(WalCatalogue catalogue, WalArchiveIdentity? identity, TimelineTree tree, uint newest)
    {
        if (identity is not null && question.SystemIdentifier is { } wanted && wanted != identity.SystemIdentifier.ToString(CultureInfo.InvariantCulture))
            problems.Add(new(WalArchiveProblemKind.OtherCluster, "", null, null, $"it belongs to the database cluster {identity.SystemIdentifier} and not to {wanted}"));
        foreach (var file in catalogue.Truncated)
            problems.Add(new(WalArchiveProblemKind.Truncated, file.Path, file.Segment(catalogue.SegmentSize)?.Name, file.Segment(catalogue.SegmentSize)?.Start + file.Length,
                $"it has {file.Length} bytes in place of {catalogue.SegmentSize}"));
        foreach (var segment in catalogue.Repeated)
            problems.Add(Repeated(segment));
        foreach (var timeline in catalogue.Ranges.Select(r => r.Timeline).Distinct().Where(t => t > 1 && catalogue.Histories.All(h => h.Name.Timeline != t)))
            if (tree.OriginOf(timeline) is null)
                problems.Add(new(WalArchiveProblemKind.HistoryMissing, $"{timeline:X8}.history", null, null, $"the history of timeline {timeline} is not there, and no other tells where it began"));
            else if (timeline == newest)
                problems.Add(new(WalArchiveProblemKind.HistoryMissing, $"{timeline:X8}.history", null, null, $"the history of timeline {timeline} is not there: recovery does not find the way to it"));
        foreach (var file in catalogue.Foreign)
            problems.Add(new(WalArchiveProblemKind.Foreign, file.Path, null, null, "PostgreSQL archives no such file"));
    }

    // pgBackRest's names tell already whether the contents differ.
    private WalArchiveProblem Repeated(WalSegment segment)
    {
        var files = archive.Find(segment);
        var sums = files.Select(f => f.Sha1).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var differ = sums.Count > 1 && !sums.Contains(null);
        return new(differ ? WalArchiveProblemKind.Duplicate : WalArchiveProblemKind.Repeated, files.Count > 0 ? files[0].Path : "", segment.Name, null,
            $"{files.Count} files are this segment{(differ ? ", and their sums differ" : "")}: {string.Join(", ", files.Select(f => f.FileName))}");
    }

    private static List<WalArchiveTimeline> Timelines(WalCatalogue catalogue, TimelineTree tree, List<TimelineHistory> histories)
    {
        var known = catalogue.Ranges.Select(r => r.Timeline).Concat(histories.Select(h => h.Current)).Concat(catalogue.Partials.Select(p => p.Name.Timeline));
        return [.. known.Distinct().Order().Select(timeline =>
        {
            var ranges = catalogue.Ranges.Where(r => r.Timeline == timeline).ToList();
            var origin = tree.OriginOf(timeline);
            return new WalArchiveTimeline(timeline, origin?.Timeline, origin?.Position,
                ranges.Count == 0 ? null : new WalSegment(timeline, ranges[0].First, catalogue.SegmentSize).Name,
                ranges.Count == 0 ? null : new WalSegment(timeline, ranges[^1].Last, catalogue.SegmentSize).Name,
                ranges.Sum(r => (long)(r.Last - r.First + 1)), catalogue.Partials.Count(p => p.Name.Timeline == timeline), histories.Any(h => h.Current == timeline));
        })];
    }
}

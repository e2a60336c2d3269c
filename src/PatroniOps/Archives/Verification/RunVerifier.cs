using PatroniOps.Archives.Ledgers;
using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Archives.Verification;

/// <summary>Verifies one run of segments after the other. One for each worker.</summary>
internal sealed class RunVerifier(WalArchive archive, SegmentReader reader, VerificationLog log, WalVerificationOptions options, CancellationToken cancellationToken)
{
    // Intact so far, but a record of theirs goes on in a segment that was not read yet.
    private readonly List<(WalSegment Segment, WalLedgerEntry Entry)> pending = [];

    public void Verify(SegmentRun run)
    {
        pending.Clear();
        var chain = run.First > 0 && Known(run.Sequence[run.First - 1]) is { } before ? WalRecordChain.Restore(before.Tail) : default;
        foreach (var segment in run.Segments)
        {
            var files = archive.Find(segment);
            if (files is [var file] && Known(file) is { } entry)
            {
                CloseSeam(run, chain, segment, files);
                chain = WalRecordChain.Restore(entry.Tail);
                log.Skipped();
            }
            else
                chain = Segment(run, chain, segment, files);
        }
        if (run.Next is { } next)
            CloseSeam(run, chain, next, archive.Find(next));
        else
            Remember(_ => true);
    }

    // Where no file is intact, the next segment is read as the first.
    private WalRecordChain Segment(SegmentRun run, WalRecordChain before, WalSegment segment, IReadOnlyList<ArchivedFile> files)
    {
        WalRecordChain? after = null;
        var readings = new List<SegmentReading>();
        foreach (var file in files)
        {
            var chain = before;
            var reading = Read(run, ref chain, segment, file, withSum: files.Count > 1 || options.Ledger is not null || (file.Sha1 is not null && !options.SkipsSums));
            readings.Add(reading);
            if (reading is { Problem: null, Sha1: null } && file.Sha1 is not null)
                log.SkippedSum();
            if (reading.Problem is null)
                after ??= chain;
            else
                log.Add(new(reading.Kind, file.Path, segment.Name, reading.Problem.At, reading.Problem.Text));
        }
        if (files.Count == 0)
            log.Add(new(WalArchiveProblemKind.Unreadable, segment.Name, segment.Name, segment.Start, "it was listed, and is no longer there"));
        Compare(segment, readings);
        log.Done(isIntact: after is not null);
        if (after is { } next)
            Remember(p => next.IsBeyond(p.End));
        // What was left open can only be closed by this one.
        else
            pending.Clear();
        if (options.Ledger is not null && after is { } intact && readings is [{ Sha1: { } sum }])
            pending.Add((segment, new(files[0].Path, files[0].Length, files[0].WrittenAt, sum, intact.Save())));
        return after ?? default;
    }

    // A record that began in an earlier segment and is broken says nothing against the rest of this one, which is then read by itself.
    private SegmentReading Read(SegmentRun run, ref WalRecordChain chain, WalSegment segment, ArchivedFile file, bool withSum)
    {
        var reading = reader.Read(ref chain, segment, file, withSum, cancellationToken);
        log.Read(reading.Length);
        if (reading.Problem is not { } problem || problem.At >= segment.Start)
            return reading;
        Blame(run, problem, segment, file);
        chain = default;
        return reader.Read(ref chain, segment, file, withSum, cancellationToken);
    }

    // Reads on into a segment that somebody else reads, or has read, until whatever began before it has been checked.
    private void CloseSeam(SegmentRun run, WalRecordChain chain, WalSegment segment, IReadOnlyList<ArchivedFile> files)
    {
        if (files.Count == 0 || (pending.Count == 0 && options.Ledger is not null && Known(files[0]) is not null))
            return;
        var (at, file) = (segment, files[0]);
        var problem = reader.ReadOn(ref chain, at, file, out var isOpen);
        // A record may be longer than a segment.
        while (isOpen && run.Sequence.Holding(at.End) is { } next && archive.Find(next) is [var following, ..])
        {
            (at, file) = (next, following);
            problem = reader.ReadOn(ref chain, at, file, out isOpen);
        }
        if (problem is not null)
            Blame(run, problem, at, file);
        Remember(p => chain.IsBeyond(p.End));
        pending.Clear();
    }

    private void Blame(SegmentRun run, WalProblem problem, WalSegment segment, ArchivedFile file)
    {
        var holder = run.Sequence.Holding(problem.At) ?? segment;
        var path = holder == segment ? file.Path : archive.Find(holder) is [var earlier, ..] ? earlier.Path : holder.Name;
        log.Add(new(WalArchiveProblemKind.Damaged, path, holder.Name, problem.At, holder == segment ? problem.Text : $"{problem.Text}; it goes on in {segment.Name}"));
        pending.RemoveAll(p => p.Segment.End > problem.At);
    }

    private void Compare(WalSegment segment, List<SegmentReading> readings)
    {
        if (readings.Select(r => r.Sha1).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            log.Add(new(WalArchiveProblemKind.Duplicate, readings[^1].File.Path, segment.Name, segment.Start, $"it differs from {readings[0].File.FileName}, which is the same segment"));
    }

    private WalLedgerEntry? Known(WalSegment segment) => options.Ledger is not null && archive.Find(segment) is [var file] ? Known(file) : null;

    private WalLedgerEntry? Known(ArchivedFile file) => options.IgnoresLedger ? null : options.Ledger?.Find(file);

    private void Remember(Func<WalSegment, bool> isDone)
    {
        var done = pending.Where(p => isDone(p.Segment)).ToList();
        if (done.Count == 0)
            return;
        options.Ledger?.Add([.. done.Select(p => p.Entry)]);
        pending.RemoveAll(p => isDone(p.Segment));
    }
}

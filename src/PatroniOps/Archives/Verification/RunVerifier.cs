using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Archives.Verification;

/// <summary>Verifies one run of segments after the other. One for each worker.</summary>
internal sealed class RunVerifier(WalArchive archive, SegmentReader reader, VerificationLog log, CancellationToken cancellationToken)
{
    public void Verify(SegmentRun run)
    {
        var chain = default(WalRecordChain);
        foreach (var segment in run.Segments)
            chain = Segment(run, chain, segment);
        if (run.Next is { } next && archive.Find(next) is [var file, ..] && reader.ReadOn(ref chain, next, file) is { } problem)
            Blame(run, problem, next, file);
    }

    // Where no file is intact, the next segment is read as the first.
    private WalRecordChain Segment(SegmentRun run, WalRecordChain before, WalSegment segment)
    {
        WalRecordChain? after = null;
        var readings = new List<SegmentReading>();
        var files = archive.Find(segment);
        foreach (var file in files)
        {
            var chain = before;
            var reading = Read(run, ref chain, segment, file, isOneOfMany: files.Count > 1);
            readings.Add(reading);
            if (reading.Problem is null)
                after ??= chain;
            else
                log.Add(new(reading.Kind, file.Path, segment.Name, reading.Problem.At, reading.Problem.Text));
        }
        if (files.Count == 0)
            log.Add(new(WalArchiveProblemKind.Unreadable, segment.Name, segment.Name, segment.Start, "it was listed, and is no longer there"));
        Compare(segment, readings);
        log.Done(isIntact: after is not null);
        return after ?? default;
    }

    // A record that began in an earlier segment and is broken says nothing against the rest of this one, which is then read by itself.
    private SegmentReading Read(SegmentRun run, ref WalRecordChain chain, WalSegment segment, ArchivedFile file, bool isOneOfMany)
    {
        var reading = reader.Read(ref chain, segment, file, isOneOfMany, cancellationToken);
        log.Read(reading.Length);
        if (reading.Problem is not { } problem || problem.At >= segment.Start)
            return reading;
        Blame(run, problem, segment, file);
        chain = default;
        return reader.Read(ref chain, segment, file, isOneOfMany, cancellationToken);
    }

    private void Blame(SegmentRun run, WalProblem problem, WalSegment segment, ArchivedFile file)
    {
        var holder = run.Sequence.Holding(problem.At) ?? segment;
        var path = holder == segment ? file.Path : archive.Find(holder) is [var earlier, ..] ? earlier.Path : holder.Name;
        log.Add(new(WalArchiveProblemKind.Damaged, path, holder.Name, problem.At, holder == segment ? problem.Text : $"{problem.Text}; it goes on in {segment.Name}"));
    }

    private void Compare(WalSegment segment, List<SegmentReading> readings)
    {
        if (readings.Select(r => r.Sha1).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            log.Add(new(WalArchiveProblemKind.Duplicate, readings[^1].File.Path, segment.Name, segment.Start, $"it differs from {readings[0].File.FileName}, which is the same segment"));
    }
}

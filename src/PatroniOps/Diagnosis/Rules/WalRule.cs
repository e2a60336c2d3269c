namespace PatroniOps.Diagnosis.Rules;

/// <summary>WalMissing, ArchiveGap, CatchingUpFromArchive, RestoreCommandMissing, RestoreCommandFailing: where a replica's next WAL is.</summary>
internal sealed class WalRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var link in context.StreamingCandidates)
        {
            if (context.IsStreaming(link) == true || context.WalOf(link.Replica.Name) is not { } wal)
                continue;
            foreach (var finding in Judge(link, wal, context))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> Judge(ReplicaLink link, WalAvailability wal, DiagnosisContext context)
    {
        if (wal.Status == WalAvailabilityStatus.AvailableInArchive)
        {
            yield return wal.IsAvailable == false
                ? New("RestoreCommandMissing", FindingSeverity.Critical, link, wal, context, wal.Reason)
                : ReplicaStreamRule.IsStill(link, context)
                    ? New("RestoreCommandFailing", FindingSeverity.Critical, link, wal, context, $"{wal.Member} needs {wal.NeededSegment}, which the archive has, and does not get it: its restore_command fails.")
                    : New("CatchingUpFromArchive", FindingSeverity.Warning, link, wal, context, $"{wal.Member} catches up from the archive: {wal.Upstream} has recycled what it needs.");
        }
        if (wal.FirstMissingSegment is null || wal.IsAvailable != false)
            yield break;
        var archives = wal.Sources.Where(s => s is { Kind: WalSourceKind.Archive, Unknown: null }).ToList();
        yield return New("WalMissing", FindingSeverity.Critical, link, wal, context, wal.Reason);
        if (archives.Any(a => a.SegmentCount > 0))
            yield return New("ArchiveGap", FindingSeverity.Critical, link, wal, context,
                $"The archive has WAL from {archives.First(a => a.SegmentCount > 0).First} on, but not {wal.FirstMissingSegment}.") with { Area = FindingArea.Replication };
    }

    private static Finding New(string id, FindingSeverity severity, ReplicaLink link, WalAvailability wal, DiagnosisContext context, string message) => new()
    {
        Id = id,
        Member = link.Replica.Name,
        Severity = severity,
        Area = FindingArea.Replication,
        Message = message,
        Cause = id switch
        {
            "WalMissing" => "The member was away for longer than its slot and wal_keep_size kept WAL for it.",
            "ArchiveGap" => "A segment was never archived, or was removed from the archive.",
            _ => null,
        },
        NextCommand = severity == FindingSeverity.Critical ? wal.NextCommand ?? context.Command("Test-WalAvailability", wal.Member) : null,
        Evidence =
        [
            .. wal.Sources.Select(s => new Evidence("WAL", s.Unknown is null ? s.SegmentCount > 0 ? $"{s.First} .. {s.Last}" : "none of what is needed" : $"unknown: {s.Unknown}", $"{s.Kind} {s.Name}")),
            .. WalEvidence.Of(link, context.Snapshot),
        ],
    };
}

using PatroniOps.Archives;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>ArchiverFailing, ArchiverStuck, ArchiveCommandLies: the leader's WAL does not reach the archive.</summary>
internal sealed class ArchiverRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (context.Leader is not { } leader || leader.Postgres.Settings.Value?.IsArchiving != true || leader.Postgres.Archiver.Value is not { } archiver)
            yield break;
        if (Failing(leader, archiver, context) is { } failing)
            yield return failing;
        foreach (var archive in context.Snapshot.Archives)
            if (Lies(leader, archiver, archive, context))
                yield return New("ArchiveCommandLies", FindingSeverity.Critical, leader, archiver, context,
                    $"{leader.Name} counts {archiver.LastArchivedWal} as archived, and it is not in {archive.Location}.",
                    "archive_command answers success without having copied: a script that ignores its errors, or another destination.");
    }

    /// <summary>The leader archives, and does not get on with it.</summary>
    internal static bool IsBehind(MemberSnapshot leader, DiagnosisContext context) =>
        leader.Postgres.Settings.Value?.IsArchiving == true && leader.Postgres.Archiver.Value is { } archiver && Failing(leader, archiver, context) is not null;

    private static Finding? Failing(MemberSnapshot leader, ArchiverRow archiver, DiagnosisContext context)
    {
        var condition = ArchiverCondition.Of(leader, archiver, context.Snapshot, context.Thresholds);
        if (condition.Severity is not { } severity)
            return null;
        var isFailing = condition.IsFailing;
        var oldest = condition.OldestReady;
        var waiting = leader.Postgres.ArchiveQueue.Value?.ReadyCount is { } count ? $"{count} segments wait" : "how many segments wait is not known";
        return New(isFailing ? "ArchiverFailing" : "ArchiverStuck", severity, leader, archiver, context,
            isFailing
                ? $"Archiving fails on {leader.Name}: {archiver.LastFailedWal} at {archiver.LastFailedAt:u}; {waiting}{(oldest is { } age ? $", the oldest for {Words.Duration(age)}" : "")}."
                : $"Archiving does not go on on {leader.Name}: {waiting}, the oldest for {Words.Duration(oldest!.Value)}.",
            "archive_command fails (its error is in PostgreSQL's log), or hangs. pg_wal grows until the disk is full.");
    }

    private static bool Lies(MemberSnapshot leader, ArchiverRow archiver, ArchiveSnapshot archive, DiagnosisContext context) =>
        archive.Ranges.Value is { } ranges
        && leader.Postgres.State.IsKnown
        && WalSegment.TryParse(archiver.LastArchivedWal, context.Snapshot.WalSegmentSize, out var last)
        && !ranges.Any(r => r.Timeline == last.Timeline && r.First <= last.Number && r.Last >= last.Number);

    private static Finding New(string id, FindingSeverity severity, MemberSnapshot leader, ArchiverRow archiver, DiagnosisContext context, string message, string cause) => new()
    {
        Id = id,
        Member = leader.Name,
        Severity = severity,
        Area = FindingArea.Archive,
        Message = message,
        Cause = cause,
        NextCommand = context.Command("Get-PatroniMember", leader.Name),
        Evidence =
        [
            new("last archived", $"{archiver.LastArchivedWal ?? "none"} at {archiver.LastArchivedAt?.ToString("u") ?? "never"}, {archiver.ArchivedCount?.ToString() ?? "unknown"} in all", $"{leader.Name} pg_stat_archiver"),
            new("last failed", $"{archiver.LastFailedWal ?? "none"} at {archiver.LastFailedAt?.ToString("u") ?? "never"}, {archiver.FailedCount?.ToString() ?? "unknown"} in all", $"{leader.Name} pg_stat_archiver"),
            new("waiting", leader.Postgres.ArchiveQueue.Value is { } queue ? $"{queue.ReadyCount}, oldest {queue.OldestReadyAt?.ToString("u") ?? "none"}" : $"unknown: {leader.Postgres.ArchiveQueue.Reason}", $"{leader.Name} archive_status"),
        ],
    };
}

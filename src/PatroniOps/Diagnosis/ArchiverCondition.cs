using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>How a server gets on with its archiving.</summary>
/// <param name="IsFailing">Its latest attempt failed.</param>
/// <param name="OldestReady">How long the oldest file has waited; null when none waits, or it was not read.</param>
/// <param name="Severity">Null: nothing is wrong that can be seen.</param>
internal sealed record ArchiverCondition(bool IsFailing, TimeSpan? OldestReady, FindingSeverity? Severity)
{
    public static ArchiverCondition Of(MemberSnapshot member, ArchiverRow archiver, ClusterSnapshot snapshot, Thresholds thresholds)
    {
        var now = member.Postgres.State.Value?.ServerTime ?? snapshot.TakenAt;
        var oldest = member.Postgres.ArchiveQueue.Value?.OldestReadyAt is { } at ? now - at : (TimeSpan?)null;
        // The last failure stays set after a success: only a later one counts.
        var isFailing = archiver.LastFailedAt is { } failed && !(archiver.LastArchivedAt >= failed);
        var timeout = member.Postgres.Settings.Value?.Number("archive_timeout") is > 0 and var seconds ? TimeSpan.FromSeconds(2 * seconds) : TimeSpan.Zero;
        var warning = timeout > thresholds.ArchiveReadyWarning ? timeout : thresholds.ArchiveReadyWarning;
        FindingSeverity? severity = !isFailing && !(oldest >= warning) ? null
            : oldest >= thresholds.ArchiveReadyCritical ? FindingSeverity.Critical : FindingSeverity.Warning;
        return new ArchiverCondition(isFailing, oldest, severity);
    }
}

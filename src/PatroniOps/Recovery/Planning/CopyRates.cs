using System.Globalization;
using PatroniOps.Recovery.BaseBackups;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Recovery.Planning;

/// <summary>How fast earlier copies in a cluster were, by their journals.</summary>
internal static class CopyRates
{
    /// <summary>Bytes a second of the newest copy; null when there was none.</summary>
    public static double? Newest(IEnumerable<ReplicaRebuildJournal> journals, string cluster) =>
        journals.Where(j => j.Cluster == cluster).OrderByDescending(j => j.StartedAt).Select(RateOf).FirstOrDefault(r => r is not null);

    private static double? RateOf(ReplicaRebuildJournal journal)
    {
        var done = journal.Entries.LastOrDefault(e => e is { Event: JournalEvent.Done, Step: CopyStep.StepName });
        var begun = journal.Entries.LastOrDefault(e => e is { Event: JournalEvent.Begun, Step: CopyStep.StepName } && e.At <= done?.At);
        return done is not null && begun is not null && done.Facts.TryGetValue(CopyStep.BytesFact, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && (done.At - begun.At).TotalSeconds is > 0 and var seconds
            ? bytes / seconds
            : null;
    }
}

namespace PatroniOps.Commands;

/// <summary>The tone of each word that a status, verdict, outcome or severity of the module can be. What is not known, or was skipped, is never good.</summary>
internal static class StatusTones
{
    private static readonly Dictionary<string, Tone> Tones = new(
        [
            .. Words(Tone.Good, "Healthy Ok Good Passed Complete Finished Done Applied Primary Streaming Active Archiving Served AtTip"),
            .. Words(Tone.Doubtful, "Unknown Degraded Warning Advice Skipped Running Unfinished RolledBack Scheduled CatchingUp AvailableUpstream AvailableInArchive"),
            .. Words(Tone.Doubtful, "Inactive Unexpected Recent Approved Abandoned Orphan Misplaced Seen RestartPending Overridden NotSeen"),
            .. Words(Tone.Bad, "Critical PseudoHealthy Wrong Failed Error Fatal Panic Missing Lost Unreserved NotStreaming Diverged OnAnotherMember NotConfigured"),
            .. Words(Tone.Bad, "Failing Stuck Gap Damaged Open NotFollowed Removed NotInHistory"),
            .. Words(Tone.Neutral, "Debug Info Log Notice NotApplicable Ignored Temporary Off Standby Canceled"),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The word's tone; null for a word that is not the module's.</summary>
    public static Tone? Of(string word) => Tones.TryGetValue(word, out var tone) ? tone : null;

    private static IEnumerable<KeyValuePair<string, Tone>> Words(Tone tone, string words) => words.Split(' ').Select(word => KeyValuePair.Create(word, tone));
}

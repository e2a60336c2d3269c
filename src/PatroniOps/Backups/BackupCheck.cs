namespace PatroniOps.Backups;

/// <summary>One thing that was checked of a backup.</summary>
/// <param name="Name">What.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">What was found.</param>
public sealed record BackupCheck(string Name, BackupCheckOutcome Outcome, string Text)
{
    /// <summary>How long it took; null when it only compares what was read.</summary>
    public TimeSpan? Duration { get; init; }

    public bool IsSuccess => Outcome is BackupCheckOutcome.Passed or BackupCheckOutcome.NotApplicable;

    public override string ToString() => $"{Name}: {Outcome}: {Text}";
}

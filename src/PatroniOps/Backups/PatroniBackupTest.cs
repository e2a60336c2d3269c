using System.Text.Json.Serialization;
using PatroniOps.Archives.Tools;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>What the tests of one backup showed.</summary>
public sealed record PatroniBackupTest
{
    public BackupKind Kind { get; init; }

    public required string Repository { get; init; }

    public string? Stanza { get; init; }

    public required string Label { get; init; }

    public BackupType Type { get; init; }

    /// <summary>When the backup was begun.</summary>
    public DateTimeOffset? BackupStartedAt { get; init; }

    public DateTimeOffset TestedAt { get; init; }

    /// <summary>It was restored and started, not only looked at.</summary>
    public bool IsRestored { get; init; }

    /// <summary>What the tool that owns the repository says, and where that differs; null where no tool does, or it was not asked.</summary>
    [JsonIgnore]
    public ToolReport? ToolReport { get; init; }

    public IReadOnlyList<BackupCheck> Checks { get; init => field = value ?? []; } = [];

    /// <summary>The worst outcome of all checks.</summary>
    [JsonIgnore]
    public BackupCheckOutcome Outcome => Checks.Count == 0 ? BackupCheckOutcome.Unknown : Checks.Max(c => c.Outcome);

    /// <summary>Every check passed; one that was skipped, or not known, is no success.</summary>
    [JsonIgnore]
    public bool IsSuccess => Checks.Count > 0 && Checks.All(c => c.IsSuccess);

    /// <summary>The first of the worst checks; null after a success.</summary>
    [JsonIgnore]
    public string? Reason => IsSuccess ? null : Checks.Count == 0 ? "Nothing was checked." : $"{Checks.First(c => c.Outcome == Outcome).Name}: {Checks.First(c => c.Outcome == Outcome).Text}";

    /// <summary>The oldest point in time that it and the archive reach: its end; null when not known.</summary>
    public Lsn? OldestReachable { get; init; }

    /// <summary>How far the archive goes from its start without a gap; null when not known.</summary>
    public Lsn? NewestReachable { get; init; }

    public TimeSpan? RestoreDuration { get; init; }

    public TimeSpan? RecoveryDuration { get; init; }

    /// <summary>From nothing to a server that takes writes (RTO); null when it did not get there.</summary>
    [JsonIgnore]
    public TimeSpan? RecoveryTime => RestoreDuration + RecoveryDuration;

    /// <summary>Bytes of the restored directory.</summary>
    public long? RestoredBytes { get; init; }

    /// <summary>How far recovery came.</summary>
    public Lsn? RecoveredTo { get; init; }

    /// <summary>The newest transaction that the restored server has, by the clock of the server that committed it; null when recovery replayed none.</summary>
    public DateTimeOffset? NewestTransactionAt { get; init; }

    /// <summary>What would have been lost, had the restore been needed when it was begun (RPO): the time since the newest transaction. On an idle cluster it is long and nothing is lost.</summary>
    [JsonIgnore]
    public TimeSpan? DataLoss => TestedAt - NewestTransactionAt;
}

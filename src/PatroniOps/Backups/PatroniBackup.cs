using PatroniOps.Archives.Tools;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>A base backup as its repository describes it. What the repository does not say is null.</summary>
public sealed record PatroniBackup
{
    public BackupKind Kind { get; init; }

    /// <summary>The repository, Barman's server directory, or the backup's own directory.</summary>
    public required string Repository { get; init; }

    /// <summary>The node that holds it, as ssh knows it; null: the machine that read it.</summary>
    public string? HostName { get; init; }

    /// <summary>pgBackRest's stanza, Barman's server; null elsewhere.</summary>
    public string? Stanza { get; init; }

    /// <summary>Its name in the repository.</summary>
    public required string Label { get; init; }

    public BackupType Type { get; init; }

    public BackupStatus Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public Lsn? StartLsn { get; init; }

    /// <summary>From here on the restored cluster is consistent.</summary>
    public Lsn? StopLsn { get; init; }

    /// <summary>The timeline that it began on.</summary>
    public uint? Timeline { get; init; }

    /// <summary>The first segment that a restore needs.</summary>
    public string? StartSegment { get; init; }

    /// <summary>The last segment without which it is not consistent.</summary>
    public string? StopSegment { get; init; }

    /// <summary>Bytes of a segment; null when it is not told.</summary>
    public long? WalSegmentSize { get; init; }

    /// <summary>Bytes after a restore.</summary>
    public long? Bytes { get; init; }

    /// <summary>Bytes in the repository, with all that it builds on.</summary>
    public long? RepositoryBytes { get; init; }

    /// <summary>The backup that it builds on; null for a full one.</summary>
    public string? Parent { get; init; }

    /// <summary>All backups that it needs, the full one first; empty for a full one.</summary>
    public IReadOnlyList<string> Chain { get; init => field = value ?? []; } = [];

    public string? SystemIdentifier { get; init; }

    /// <summary>PostgreSQL's major version, such as <c>15</c>.</summary>
    public string? PostgresVersion { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>What the tool that owns the repository says, and which backups only one of us knows; null where no tool does, or it was not asked.</summary>
    public ToolReport? ToolReport { get; init; }

    /// <summary>When a restore of it last passed all its tests on this machine; null: never.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Its timeline from the name of its first segment.</summary>
    internal static uint? TimelineOf(string? segment) => WalSegment.TryParse(segment, Postgres.WalSegment.DefaultSize, out var first) || WalSegment.TryParse(segment, 1 << 20, out first) ? first.Timeline : null;
}

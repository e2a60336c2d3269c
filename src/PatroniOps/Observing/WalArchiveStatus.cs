using System.Text.Json.Serialization;
using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Observing;

/// <summary>One member's archiving: its settings, pg_stat_archiver, what waits in archive_status, and how far the archive is behind.</summary>
/// <remarks>Sources: PostgreSQL, monitoring-stats.html (pg_stat_archiver); src/backend/postmaster/pgarch.c (order of archiving).</remarks>
public sealed record WalArchiveStatus
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    public bool IsLeader { get; init; }

    public WalArchivingState State { get; init; }

    /// <summary>Null: not known. A member that has nothing to archive is well.</summary>
    [JsonIgnore]
    public bool? IsHealthy => State switch
    {
        WalArchivingState.Archiving or WalArchivingState.Standby => true,
        WalArchivingState.Failing or WalArchivingState.Stuck or WalArchivingState.NotConfigured or WalArchivingState.Off => false,
        _ => null,
    };

    /// <summary>Why it is called so.</summary>
    public required string Detail { get; init; }

    /// <summary>archive_mode; null when it was not read.</summary>
    public string? Mode { get; init; }

    /// <summary>archive_command, secrets redacted; null when the role may not see it.</summary>
    public string? Command { get; init; }

    public string? Library { get; init; }

    /// <summary>archive_timeout: null when it was not read; zero is none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Since <see cref="StatsReset"/>.</summary>
    public long? ArchivedCount { get; init; }

    public long? FailedCount { get; init; }

    public DateTimeOffset? StatsReset { get; init; }

    /// <summary>Files an hour: measured between two looks, else the mean since the reset; null when it cannot be told.</summary>
    public double? ArchivedPerHour { get; init; }

    public double? FailedPerHour { get; init; }

    public string? LastArchivedWal { get; init; }

    public DateTimeOffset? LastArchivedAt { get; init; }

    public TimeSpan? LastArchivedAge { get; init; }

    public string? LastFailedWal { get; init; }

    public DateTimeOffset? LastFailedAt { get; init; }

    public TimeSpan? LastFailedAge { get; init; }

    /// <summary>Files that wait; null when archive_status was not read.</summary>
    public long? ReadyCount { get; init; }

    public TimeSpan? OldestReadyAge { get; init; }

    /// <summary>What the waiting segments hold.</summary>
    public long? ReadyBytes { get; init; }

    /// <summary>The member's position, from which the lag counts.</summary>
    public Lsn? Lsn { get; init; }

    /// <summary>Up to where everything is archived, by the server's own word; null when its last file does not tell.</summary>
    public Lsn? ArchivedLsn { get; init; }

    /// <summary>Bytes of WAL that are nowhere but on the members: the loss, were they all gone now.</summary>
    public long? LagBytes { get; init; }

    /// <summary>Whole segments among them.</summary>
    public long? LagSegments { get; init; }

    /// <summary>How old the newest archived segment is while WAL beyond it exists.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>What could not be read, with the reason.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Every member of /cluster, and those that have left it.</summary>
    public static IEnumerable<WalArchiveStatus> FromSnapshot(ClusterSnapshot snapshot, ClusterSnapshot? earlier, Thresholds thresholds) =>
        snapshot.Members.Select(member => new WalArchiveReading(member, snapshot, thresholds).Status(earlier?.Members.FirstOrDefault(m => m.Name == member.Name)));
}

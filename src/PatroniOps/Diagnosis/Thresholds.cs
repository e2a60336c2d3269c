namespace PatroniOps.Diagnosis;

/// <summary>The limits of judgement. Every one can be set; the defaults are what the community uses.</summary>
/// <remarks>Compared with Pigsty, awesome-prometheus-alerts, pgmonitor, repmgr, check_pgactivity and check_postgres.</remarks>
public sealed record Thresholds
{
    /// <summary>Bytes behind the leader.</summary>
    public long LagWarningBytes { get; init; } = 16L << 20;

    public long LagCriticalBytes { get; init; } = 128L << 20;

    /// <summary>Replay lag in time; judged only where the sender measured it, which needs traffic.</summary>
    public TimeSpan LagWarning { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan LagCritical { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Not streaming and not advancing for this long is critical.</summary>
    public TimeSpan NotStreaming { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A restart, a start or a switchover may take this long.</summary>
    public TimeSpan Restart { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan SlotInactive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>WAL retained by an inactive slot.</summary>
    public long SlotRetainedWarningBytes { get; init; } = 1L << 30;

    public long SlotRetainedCriticalBytes { get; init; } = 16L << 30;

    /// <summary>Critical when less than this part of max_slot_wal_keep_size is left.</summary>
    public double SlotSafeFraction { get; init; } = 0.5;

    public TimeSpan ArchiveReadyWarning { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan ArchiveReadyCritical { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The cluster is in maintenance mode for longer than a maintenance.</summary>
    public TimeSpan Paused { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>An absent member's WAL is critical when it may be gone within this time.</summary>
    public TimeSpan WalHeldCritical { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The disk of pg_wal is full within this time when what holds the WAL goes on holding it.</summary>
    public TimeSpan DiskFullWarning { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan DiskFullCritical { get; init; } = TimeSpan.FromHours(2);

    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>This many timelines within an hour.</summary>
    public int TimelinesAnHour { get; init; } = 3;

    /// <summary>The least number of streaming replicas; null: every listed replica is to stream, judged one by one.</summary>
    public int? MinimumStreaming { get; init; }
}

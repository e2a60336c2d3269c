using PatroniOps.Retention;

namespace PatroniOps.Advice;

/// <summary>What the rules are told beside the snapshot.</summary>
public sealed record AdviceOptions
{
    /// <summary>How long a replica should be able to stay away.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Free space on the disks of pg_wal: SQL does not tell it.</summary>
    public FreeDisk FreeDisk { get; init; } = FreeDisk.Unknown;
}

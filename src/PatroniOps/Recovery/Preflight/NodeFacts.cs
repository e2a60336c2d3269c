namespace PatroniOps.Recovery.Preflight;

/// <summary>What a member's node showed before a rebuild. Null is: not read.</summary>
public sealed record NodeFacts
{
    public required string NodeName { get; init; }

    public required string DataDirectory { get; init; }

    /// <summary>Its path with all links followed; null when it is not there.</summary>
    public string? ResolvedDirectory { get; init; }

    /// <summary>PG_VERSION in it: the major version, such as <c>15</c>; null when it is no data directory.</summary>
    public string? DataVersion { get; init; }

    /// <summary>A file system is mounted at exactly this path: it cannot be renamed.</summary>
    public bool? IsMountPoint { get; init; }

    /// <summary>The directory above it can be written by its owner.</summary>
    public bool? IsParentWritable { get; init; }

    /// <summary>From pg_controldata; null when it cannot be read.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>Data checksums or wal_log_hints are on, without which pg_rewind cannot work; null when the control file cannot be read.</summary>
    public bool? HasRewindInformation { get; init; }

    /// <summary>The major version of the node's programs.</summary>
    public string? ProgramVersion { get; init; }

    /// <summary>Free bytes beside the data directory.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Whether Patroni's service runs; null when its state cannot be told.</summary>
    public bool? IsPatroniRunning { get; init; }

    /// <summary>Linked directories (tablespaces, pg_wal) that are mount points and cannot be renamed.</summary>
    public IReadOnlyList<string> FixedLinks { get; init; } = [];

    /// <summary>Programs that are needed and are not there.</summary>
    public IReadOnlyList<string> MissingPrograms { get; init; } = [];
}

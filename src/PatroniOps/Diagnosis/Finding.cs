namespace PatroniOps.Diagnosis;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity : long
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Works, but not as it should.</summary>
    Warning,

    /// <summary>Could not be judged, because something was not read.</summary>
    Unknown,

    /// <summary>Replication, failover or data are at stake.</summary>
    Critical,
}

/// <summary>What a finding is about, which decides what it makes of a member's verdict.</summary>
public enum FindingArea : long
{
    /// <summary>The member's service as such.</summary>
    Service,

    /// <summary>Replication to the member: critical while Patroni calls it fine makes it pseudo-healthy.</summary>
    Replication,

    /// <summary>Archiving: the member itself works, so it is never worse than degraded by it.</summary>
    Archive,
}

/// <summary>Something that is the case, with its evidence, its likely cause and the command that goes on.</summary>
public sealed record Finding
{
    public Guid ConnectionId { get; init; }

    public string Cluster { get; init; } = "";

    /// <summary>The member that is affected; null: the cluster as a whole.</summary>
    public string? Member { get; init; }

    /// <summary>Stable; explained in about_PatroniOps_Incidents.</summary>
    public required string Id { get; init; }

    public FindingSeverity Severity { get; init; }

    public FindingArea Area { get; init; }

    /// <summary>One plain sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The likely cause; null when the message says it.</summary>
    public string? Cause { get; init; }

    /// <summary>The command that repairs it or looks closer; null when nothing needs to be done.</summary>
    public string? NextCommand { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public override string ToString() => $"{Severity} {Id}: {Message}";
}

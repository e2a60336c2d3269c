namespace PatroniOps.Diagnosis;

/// <summary>The judgement of a member or a cluster, from best to worst.</summary>
public enum Verdict : long
{
    Healthy,

    /// <summary>Works, but not as it should.</summary>
    Degraded,

    /// <summary>What is needed to judge was not readable.</summary>
    Unknown,

    /// <summary>Patroni presents it as fine, and replication to it is not working.</summary>
    PseudoHealthy,

    Critical,
}

/// <summary>A member's verdict with its findings.</summary>
public sealed record MemberVerdict
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>What Patroni calls it.</summary>
    public string? State { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public override string ToString() => $"{Member} {Verdict}";
}

/// <summary>A cluster's verdict: its members' and its own findings.</summary>
public sealed record ClusterVerdict
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>True only for Healthy.</summary>
    public bool IsHealthy => Verdict == Verdict.Healthy;

    public required IReadOnlyList<MemberVerdict> Members { get; init; }

    /// <summary>All findings, worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The first command to run; null when nothing needs to be done.</summary>
    public string? NextCommand { get; init; }

    public DateTimeOffset TakenAt { get; init; }
}

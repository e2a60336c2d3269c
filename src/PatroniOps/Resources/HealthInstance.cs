namespace PatroniOps.Resources;

/// <summary>The worst verdict that is still fine.</summary>
public sealed record HealthInstance : ResourceInstance
{
    /// <summary><c>Healthy</c>, the default, or <c>Degraded</c>. Unknown is never fine.</summary>
    public string? Accept { get; init; }

    /// <summary>Only told.</summary>
    public string? Verdict { get; init; }

    /// <summary>Only told: worst first.</summary>
    public IReadOnlyList<HealthFinding>? Findings { get; init; }
}

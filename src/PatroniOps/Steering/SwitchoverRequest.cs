namespace PatroniOps.Steering;

/// <summary>What is wanted of a change of leader.</summary>
public sealed record SwitchoverRequest
{
    /// <summary>The member that is to lead; null lets the checks choose.</summary>
    public string? Candidate { get; init; }

    /// <summary>Also without a leader that answers; needs a candidate.</summary>
    public bool IsFailover { get; init; }

    /// <summary>Bytes that the candidate may lack; null takes maximum_lag_on_failover.</summary>
    public long? MaximumLag { get; init; }

    /// <summary>When; null is now. A failover is never scheduled.</summary>
    public DateTimeOffset? At { get; init; }
}

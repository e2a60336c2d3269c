namespace PatroniOps.Fuzz.Running;

/// <summary>What one target has gone through.</summary>
public sealed record FuzzResult
{
    public required string Target { get; init; }

    public long Inputs { get; init; }

    /// <summary>Those that were understood; the others were refused.</summary>
    public long Understood { get; init; }

    /// <summary>Time for making and reading them.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The longest time for reading one.</summary>
    public TimeSpan Slowest { get; init; }

    /// <summary>The most bytes that reading one has allocated.</summary>
    public long MostAllocated { get; init; }

    /// <summary>Bytes of memory that the process had at most; 0 when it ran others too.</summary>
    public long Resident { get; init; }

    /// <summary>Different failures: the exception and where it came from.</summary>
    public int Failures { get; init; }
}

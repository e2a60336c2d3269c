using PatroniOps.Diagnosis;

namespace PatroniOps.Retention;

/// <summary>How long one source holds out.</summary>
public sealed record WalRetentionSource
{
    public required WalRetentionSourceKind Source { get; init; }

    /// <summary>The bytes that it keeps or that are left; null where it is not counted in bytes, or not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>How long a replica may be away by this source alone; null when there is no end to it or it is not known.</summary>
    public TimeSpan? SurvivableFor { get; init; }

    /// <summary>No end by itself.</summary>
    public bool IsUnlimited { get; init; }

    /// <summary>It is at least that: an archive that reaches back so far today may be young, and go on growing.</summary>
    public bool IsLowerBound { get; init; }

    /// <summary>Where the figure comes from.</summary>
    public required string Detail { get; init; }

    /// <summary>Why it is not known; null when it is.</summary>
    public string? Unknown { get; init; }

    public override string ToString() =>
        $"{Source}: {(Unknown is not null ? "unknown" : IsUnlimited ? "unlimited" : SurvivableFor is { } time ? $"{(IsLowerBound ? "at least " : "")}{Words.Duration(time)}" : "none")}";
}

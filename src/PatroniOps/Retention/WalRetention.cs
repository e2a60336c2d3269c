namespace PatroniOps.Retention;

/// <summary>How long a replica of the cluster may be away and still catch up without a rebuild.</summary>
public sealed record WalRetention
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    /// <summary>The rate at which the leader writes WAL; null when it is not known.</summary>
    public double? RateBytesPerSecond => Rate.BytesPerSecond;

    /// <summary>Over which time the rate was measured.</summary>
    public TimeSpan? MeasuredOver => Rate.Over;

    public required WalRate Rate { get; init; }

    public required IReadOnlyList<WalRetentionSource> Sources { get; init; }

    /// <summary>What is certain from what is known; null when nothing is, or when there is no end (then <see cref="IsUnlimited"/>).</summary>
    public TimeSpan? SurvivableFor { get; init; }

    /// <summary>A source that never ends by itself holds everything.</summary>
    public bool IsUnlimited { get; init; }

    /// <summary>It may be longer: some source is not known.</summary>
    public bool IsLowerBound { get; init; }

    /// <summary>What ends it; null when that is not known or there is no end.</summary>
    public WalRetentionSourceKind? BreaksFirst { get; init; }

    /// <summary>The outage that was asked for.</summary>
    public TimeSpan? Outage { get; init; }

    /// <summary>Whether that outage is survived; null when nothing was asked or it cannot be told.</summary>
    public bool? IsOutageSurvivable { get; init; }

    /// <summary>Bytes of wal_keep_size for that outage: the measured need and 25 % headroom, in whole segments. Null when the rate does not tell.</summary>
    public long? RecommendedWalKeepSize { get; init; }

    /// <summary>The call that sets it; null when wal_keep_size is large enough or no size can be given.</summary>
    public string? Command { get; init; }

    /// <summary>The next thing to run.</summary>
    public string? NextCommand { get; init; }

    /// <summary>What to bear in mind about these figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public DateTimeOffset TakenAt { get; init; }
}

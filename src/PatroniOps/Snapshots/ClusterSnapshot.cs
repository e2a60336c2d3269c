using System.Text.Json.Serialization;
using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Snapshots;

/// <summary>Everything that was read of a cluster at one time. Immutable; holds no secret; what was not read says why.</summary>
public sealed record ClusterSnapshot
{
    /// <summary>The version of this format.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The id of the connection that took it.</summary>
    public Guid ConnectionId { get; init; }

    /// <summary>The cluster's name (Patroni's scope).</summary>
    public required string Cluster { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>How long the reading took: two members' values lie at most this far apart.</summary>
    public TimeSpan ReadWithin { get; init; }

    /// <summary>GET /cluster.</summary>
    public required Reading<ClusterView> View { get; init; }

    /// <summary>GET /config, redacted.</summary>
    public required Reading<DynamicConfiguration> Configuration { get; init; }

    /// <summary>GET /history.</summary>
    public required Reading<IReadOnlyList<TimelineSwitch>> History { get; init; }

    /// <summary>Members of /cluster in its order, then the absent ones.</summary>
    public required IReadOnlyList<MemberSnapshot> Members { get; init; }

    /// <summary>
    /// The leader's position, read after all members: no healthy replica's position above can exceed it. Null when it was not read.
    /// </summary>
    public Lsn? LeaderLsnAfter { get; init; }

    /// <summary>The archives that were looked into.</summary>
    public IReadOnlyList<ArchiveSnapshot> Archives { get; init => field = value ?? []; } = [];

    /// <summary>An earlier leader position of the same cluster, for rates; null when none is remembered.</summary>
    public EarlierPosition? Earlier { get; init; }

    /// <summary>Since when conditions have been seen, this snapshot included; empty when nothing was seen before.</summary>
    public Observations Observed { get; init => field = value ?? new(); } = new();

    [JsonIgnore]
    public MemberSnapshot? Leader => Members.FirstOrDefault(m => m.IsLeader);

    /// <summary>What to say where <see cref="Leader"/> is null, without a full stop: that there is none, or that it is not known and why.</summary>
    internal string NoLeader => View.IsKnown ? $"Cluster {Cluster} has no leader" : $"Which member leads cluster {Cluster} is not known: {View.Reason?.TrimEnd('.')}";

    /// <summary>PostgreSQL's system identifier as any member tells it, as text; null when none was read.</summary>
    [JsonIgnore]
    public string? SystemIdentifier => Members.Select(m => m.Patroni.Value?.SystemIdentifier ?? m.Postgres.Control.Value?.SystemIdentifier).FirstOrDefault(id => id is not null);

    [JsonIgnore]
    public long WalSegmentSize => Members.Select(m => m.Postgres.State.Value?.WalSegmentSize).FirstOrDefault(s => s is { } size && WalSegment.IsValidSize(size)) ?? WalSegment.DefaultSize;

    /// <summary>Bytes of WAL a second between the earlier position and this one; null when it cannot be told.</summary>
    [JsonIgnore]
    public double? WalBytesPerSecond =>
        Earlier is { } earlier && LeaderLsnAfter is { } now && now >= earlier.Position && (TakenAt - earlier.At).TotalSeconds >= 1
            ? (now - earlier.Position) / (TakenAt - earlier.At).TotalSeconds
            : null;
}

/// <summary>Where the leader was at an earlier time.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Position">The leader's write position then.</param>
public sealed record EarlierPosition(DateTimeOffset At, Lsn Position);

using System.Text.Json.Serialization;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Snapshots;

/// <summary>Everything that was read of one member.</summary>
public sealed record MemberSnapshot
{
    public required string Name { get; init; }

    public Uri? ApiUrl { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    /// <summary>Its entry in GET /cluster; null when it has left the list.</summary>
    public ClusterViewMember? Listed { get; init; }

    /// <summary>What the connection's profile remembers of it; null when it is seen for the first time.</summary>
    public RememberedMember? Remembered { get; init; }

    /// <summary>Its own GET /patroni.</summary>
    public required Reading<PatroniStatus> Patroni { get; init; }

    public required PostgresSnapshot Postgres { get; init; }

    /// <summary>The disk of its pg_wal; null when no node was named for it.</summary>
    public Reading<DiskSpace>? Disk { get; init; }

    /// <summary>Known from before, but no longer in /cluster, although /cluster was read.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>Leader or standby leader by /cluster.</summary>
    [JsonIgnore]
    public bool IsLeader => Listed?.IsLeader ?? false;

    [JsonIgnore]
    public MemberTags Tags => Patroni.Value?.Tags ?? Listed?.Tags ?? Remembered?.Tags ?? MemberTags.None;

    /// <summary>The WAL receiver's row; null when there is none or it was not read.</summary>
    [JsonIgnore]
    public ReceiverRow? Receiver => Postgres.Receivers.Value is [var row, ..] ? row : null;

    /// <summary>The newest position that the member is known to hold: max(receive, replay) of a standby, the write position of a primary; SQL before REST.</summary>
    [JsonIgnore]
    public Lsn? Position => Postgres.State.Value is { } state
        ? state.CurrentLsn ?? Lsn.Max(state.ReceiveLsn, state.ReplayLsn)
        : Patroni.Value is { } rest ? rest.Location ?? Lsn.Max(rest.ReceivedLocation, rest.ReplayedLocation) : null;

    /// <summary>The timeline that the member follows: the receiver's, else the newest one that the server itself names (the control file's trails).</summary>
    [JsonIgnore]
    public uint? Timeline => Postgres.State.Value?.CurrentTimeline
        ?? Receiver?.ReceivedTimeline
        ?? Newest(Patroni.Value?.Timeline, Newest(Postgres.Control.Value?.CheckpointTimeline, Postgres.Control.Value?.MinimumRecoveryEndTimeline))
        ?? Listed?.Timeline;

    private static uint? Newest(uint? left, uint? right) => left is null ? right : right is null ? left : Math.Max(left.Value, right.Value);
}

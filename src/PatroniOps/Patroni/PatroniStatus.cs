using System.Text.Json;
using PatroniOps.Postgres;

namespace PatroniOps.Patroni;

/// <summary>What a member's own GET /patroni says. Where Patroni could not ask its PostgreSQL, only state and role are there.</summary>
/// <remarks>Source: Patroni, patroni/api.py get_postgresql_status.</remarks>
public sealed record PatroniStatus
{
    /// <summary>Patroni's word for PostgreSQL's state: <c>running</c>, <c>starting</c>, <c>creating replica</c>, ...</summary>
    public string? State { get; init; }

    /// <summary>As Patroni writes it: <c>master</c> before 4.0, <c>primary</c>, <c>replica</c>, <c>standby_leader</c>, <c>uninitialized</c>.</summary>
    public string? Role { get; init; }

    /// <summary>PostgreSQL's version number, 150018.</summary>
    public int? ServerVersion { get; init; }

    public uint? Timeline { get; init; }

    /// <summary>The primary's position.</summary>
    public Lsn? Location { get; init; }

    public Lsn? ReceivedLocation { get; init; }

    public Lsn? ReplayedLocation { get; init; }

    public bool? IsReplayPaused { get; init; }

    /// <summary><c>streaming</c> or <c>in archive recovery</c>; 3.0.4 and later.</summary>
    public string? ReplicationState { get; init; }

    /// <summary>The standbys that this member's PostgreSQL sends to; null when Patroni did not say.</summary>
    public IReadOnlyList<string>? Standbys { get; init; }

    public DateTimeOffset? PostmasterStartTime { get; init; }

    /// <summary>When this Patroni last saw the DCS; 2.1.2 and later.</summary>
    public DateTimeOffset? DcsLastSeen { get; init; }

    public string? SystemIdentifier { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>No member holds the leader key.</summary>
    public bool IsClusterUnlocked { get; init; }

    public bool IsFailsafeActive { get; init; }

    public bool HasWatchdogFailed { get; init; }

    public bool HasPendingRestart { get; init; }

    public IReadOnlyList<PendingRestartReason> PendingRestartReasons { get; init => field = value ?? []; } = [];

    public MemberTags Tags { get; init => field = value ?? MemberTags.None; } = MemberTags.None;

    /// <summary>Patroni's own version text.</summary>
    public string? PatroniVersion { get; init; }

    public string? Scope { get; init; }

    /// <summary>The member's name (3.2 and later).</summary>
    public string? Name { get; init; }

    /// <summary>True for the leader of the cluster and for the leader of a standby cluster, by this member's own word.</summary>
    public bool IsLeader => Role is "master" or "primary" or "standby_leader";

    /// <summary>Null when the answer is not an object with a state.</summary>
    internal static PatroniStatus? Parse(JsonElement element)
    {
        if (Json.Text(element, "state") is not { } state)
            return null;
        var xlog = Json.Property(element, "xlog") ?? default;
        var patroni = Json.Property(element, "patroni") ?? default;
        return new PatroniStatus
        {
            State = state,
            Role = Json.Text(element, "role"),
            ServerVersion = Json.Integer(element, "server_version") is > 0 and <= int.MaxValue and var version ? (int)version : null,
            Timeline = Json.Timeline(element, "timeline"),
            Location = Json.Lsn(xlog, "location"),
            ReceivedLocation = Json.Lsn(xlog, "received_location"),
            ReplayedLocation = Json.Lsn(xlog, "replayed_location"),
            IsReplayPaused = Json.Flag(xlog, "paused"),
            ReplicationState = Json.Text(element, "replication_state"),
            Standbys = Json.Property(element, "replication") is { ValueKind: JsonValueKind.Array } rows
                ? [.. rows.EnumerateArray().Select(r => Json.Text(r, "application_name")).OfType<string>()]
                : null,
            PostmasterStartTime = Json.Instant(element, "postmaster_start_time"),
            DcsLastSeen = Json.Integer(element, "dcs_last_seen") is > 0 and < 253_402_300_800 and var seen ? DateTimeOffset.FromUnixTimeSeconds(seen) : null,
            SystemIdentifier = Json.Scalar(element, "database_system_identifier"),
            IsPaused = Json.Flag(element, "pause") ?? false,
            IsClusterUnlocked = Json.Flag(element, "cluster_unlocked") ?? false,
            IsFailsafeActive = Json.Flag(element, "failsafe_mode_is_active") ?? false,
            HasWatchdogFailed = Json.Flag(element, "watchdog_failed") ?? false,
            HasPendingRestart = Json.Flag(element, "pending_restart") ?? false,
            PendingRestartReasons = PendingRestartReason.Parse(element),
            Tags = MemberTags.Parse(Json.Property(element, "tags")),
            PatroniVersion = Json.Text(patroni, "version"),
            Scope = Json.Text(patroni, "scope"),
            Name = Json.Text(patroni, "name"),
        };
    }
}

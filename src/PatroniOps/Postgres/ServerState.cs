using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>Where a PostgreSQL server stands. A value that the server did not give is null.</summary>
public sealed record ServerState
{
    /// <summary>150018.</summary>
    public int? Version { get; init; }

    public bool? IsInRecovery { get; init; }

    /// <summary>A primary's write position.</summary>
    public Lsn? CurrentLsn { get; init; }

    /// <summary>The timeline that a primary writes.</summary>
    public uint? CurrentTimeline { get; init; }

    /// <summary>What a standby received; after a restart the beginning of the segment, so below <see cref="ReplayLsn"/>.</summary>
    public Lsn? ReceiveLsn { get; init; }

    public Lsn? ReplayLsn { get; init; }

    /// <summary>The commit time of the newest transaction that was replayed.</summary>
    public DateTimeOffset? ReplayTimestamp { get; init; }

    public bool? IsReplayPaused { get; init; }

    public DateTimeOffset? PostmasterStartTime { get; init; }

    /// <summary>The server's own clock when it answered.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Bytes.</summary>
    public long? WalSegmentSize { get; init; }

    internal static string Sql =>
        """
        SELECT to_jsonb(t)::text FROM (SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS in_recovery,
          CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_lsn() END AS current_lsn,
          CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_lsn()) END AS current_file,
          pg_last_wal_receive_lsn() AS receive_lsn, pg_last_wal_replay_lsn() AS replay_lsn, pg_last_xact_replay_timestamp() AS replay_timestamp,
          CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END AS replay_paused,
          pg_postmaster_start_time() AS postmaster_start_time, clock_timestamp() AS server_time,
          pg_size_bytes(current_setting('wal_segment_size')) AS wal_segment_size) t
        """;

    internal static ServerState Parse(JsonElement row)
    {
        var size = Json.Integer(row, "wal_segment_size") is { } bytes && WalSegment.IsValidSize(bytes) ? bytes : (long?)null;
        return new ServerState
        {
            Version = Json.Integer(row, "version") is > 0 and <= int.MaxValue and var version ? (int)version : null,
            IsInRecovery = Json.Flag(row, "in_recovery"),
            CurrentLsn = Json.Lsn(row, "current_lsn"),
            CurrentTimeline = WalSegment.TryParse(Json.Text(row, "current_file"), size ?? WalSegment.DefaultSize, out var file) ? file.Timeline : null,
            ReceiveLsn = Json.Lsn(row, "receive_lsn"),
            ReplayLsn = Json.Lsn(row, "replay_lsn"),
            ReplayTimestamp = Json.Instant(row, "replay_timestamp"),
            IsReplayPaused = Json.Flag(row, "replay_paused"),
            PostmasterStartTime = Json.Instant(row, "postmaster_start_time"),
            ServerTime = Json.Instant(row, "server_time"),
            WalSegmentSize = size,
        };
    }
}

using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>What the control file says. On a standby its timeline and positions trail: they are lower bounds.</summary>
public sealed record ControlData
{
    /// <summary>As text: a number of 64 bits.</summary>
    public string? SystemIdentifier { get; init; }

    public uint? CheckpointTimeline { get; init; }

    public Lsn? RedoLsn { get; init; }

    public Lsn? MinimumRecoveryEnd { get; init; }

    public uint? MinimumRecoveryEndTimeline { get; init; }

    internal static string Sql =>
        """
        SELECT to_jsonb(t)::text FROM (SELECT s.system_identifier::text AS system_identifier, c.timeline_id, c.redo_lsn,
          r.min_recovery_end_lsn, r.min_recovery_end_timeline FROM pg_control_system() s, pg_control_checkpoint() c, pg_control_recovery() r) t
        """;

    internal static ControlData Parse(JsonElement row) => new()
    {
        SystemIdentifier = Json.Scalar(row, "system_identifier"),
        CheckpointTimeline = Json.Timeline(row, "timeline_id"),
        RedoLsn = Json.Lsn(row, "redo_lsn"),
        MinimumRecoveryEnd = Json.Lsn(row, "min_recovery_end_lsn"),
        MinimumRecoveryEndTimeline = Json.Timeline(row, "min_recovery_end_timeline"),
    };
}

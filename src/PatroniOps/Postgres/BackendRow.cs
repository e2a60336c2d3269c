using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>A server process that matters to replication, and what it waits for.</summary>
/// <param name="Type"><c>startup</c>, <c>walreceiver</c>, <c>walsender</c>, <c>checkpointer</c>, ...</param>
/// <param name="WaitEventType">PostgreSQL's class of the wait; null when it works.</param>
/// <param name="WaitEvent">A healthy standby's startup process shows <c>RecoveryWalStream</c>; one that waits for missing WAL <c>RecoveryRetrieveRetryInterval</c>.</param>
public sealed record BackendRow(string Type, string? WaitEventType, string? WaitEvent)
{
    internal static string Sql =>
        """
        SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text FROM (SELECT backend_type, wait_event_type, wait_event FROM pg_stat_activity
          WHERE backend_type IN ('startup', 'walreceiver', 'walsender', 'checkpointer', 'archiver')) t
        """;

    internal static BackendRow? Parse(JsonElement row) =>
        Json.Text(row, "backend_type") is { } type ? new BackendRow(type, Json.Text(row, "wait_event_type"), Json.Text(row, "wait_event")) : null;
}

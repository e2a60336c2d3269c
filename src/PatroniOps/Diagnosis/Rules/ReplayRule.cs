namespace PatroniOps.Diagnosis.Rules;

/// <summary>ReplayPaused, ReplayDelayed, ReplayBlocked, ReplayLag: a replica that receives and does not replay as fast.</summary>
internal sealed class ReplayRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var link in context.StreamingCandidates)
        {
            var state = link.Replica.Postgres.State.Value!;
            var delay = link.Replica.Postgres.Settings.Value?.Number("recovery_min_apply_delay") is > 0 and var ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null;
            var wait = link.Replica.Postgres.Backends.Value?.FirstOrDefault(b => b.Type == "startup")?.WaitEvent;
            if (state.IsReplayPaused == true)
                yield return New("ReplayPaused", FindingSeverity.Warning, link, context, $"Replay is paused on {link.Replica.Name}: it receives, and shows old data.", "pg_wal_replay_pause() was called, or recovery reached a target.");
            if (delay is { } behind)
                yield return New("ReplayDelayed", FindingSeverity.Info, link, context, $"{link.Replica.Name} replays {Words.Duration(behind)} late by configuration (recovery_min_apply_delay).", null);
            if (IsConflict(wait))
                yield return New("ReplayBlocked", FindingSeverity.Warning, link, context, $"Replay on {link.Replica.Name} waits for a query that holds what it must change ({wait}).", "A long query on the replica; max_standby_streaming_delay bounds the wait.");
            // Behind a broken upstream it is not its replay that lags.
            if (context.IsStreaming(link) != false && ReplicaStreamRule.BrokenUpstream(link, context) is null && Lag(link, delay, context) is { } lag)
                yield return lag;
        }
    }

    private static bool IsConflict(string? wait) => wait is not null && (wait.StartsWith("RecoveryConflict", StringComparison.Ordinal) || wait is "BufferPin");

    // Time counts only where the sender measured it: without traffic there is none. What is held back by configuration is no lag, and how many bytes
    // that is nobody knows: then only the time beyond the delay counts.
    private static Finding? Lag(ReplicaLink link, TimeSpan? delay, DiagnosisContext context)
    {
        var replay = link.Replica.Postgres.State.Value!.ReplayLsn;
        if (replay is null || context.Snapshot.LeaderLsnAfter is not { } leader)
            return null;
        var bytes = leader - replay.Value;
        var time = link.Sender?.ReplayLag - (delay ?? TimeSpan.Zero);
        var limits = context.Thresholds;
        var severity = (delay is null && bytes >= limits.LagCriticalBytes) || time >= limits.LagCritical ? FindingSeverity.Critical
            : (delay is null && bytes >= limits.LagWarningBytes) || time >= limits.LagWarning ? FindingSeverity.Warning : (FindingSeverity?)null;
        return severity is null ? null : New("ReplayLag", severity.Value, link, context,
            $"{link.Replica.Name} replays {Words.Bytes(bytes)} behind the leader{(time is { } t ? $", {Words.Duration(t)}{(delay is null ? "" : " beyond its delay")}" : "")}.", "The replica is slower than the leader writes, or its replay waits.");
    }

    private static Finding New(string id, FindingSeverity severity, ReplicaLink link, DiagnosisContext context, string message, string? cause) => new()
    {
        Id = id,
        Member = link.Replica.Name,
        Severity = severity,
        Area = FindingArea.Service,
        Message = message,
        Cause = cause,
        NextCommand = severity == FindingSeverity.Info ? null : context.Command("Get-PatroniReplication"),
        Evidence =
        [
            new("replay", link.Replica.Postgres.State.Value?.ReplayLsn?.ToString() ?? "unknown", $"{link.Replica.Name} pg_last_wal_replay_lsn"),
            new("replay paused", link.Replica.Postgres.State.Value?.IsReplayPaused?.ToString() ?? "unknown", $"{link.Replica.Name} pg_is_wal_replay_paused"),
            .. WalEvidence.Of(link, context.Snapshot),
        ],
    };
}

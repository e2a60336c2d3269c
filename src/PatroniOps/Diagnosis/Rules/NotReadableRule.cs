using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>
/// NotReadable: what the other rules need and did not get. It keeps a verdict from being Healthy only because nobody could look.
/// </summary>
internal sealed class NotReadableRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        var snapshot = context.Snapshot;
        var cluster = new[]
        {
            Gap("GET /cluster", snapshot.View),
            Gap("GET /config", snapshot.Configuration),
            Gap("GET /history", snapshot.History),
            snapshot.Leader?.Postgres.State.IsKnown == true && snapshot.LeaderLsnAfter is null ? ("leader's position", "it was not read after the members") : null,
        }.OfType<(string, string)>().ToList();
        if (cluster.Count > 0)
            yield return New(null, cluster, context);
        foreach (var archive in snapshot.Archives.Where(a => !a.Ranges.IsKnown))
            yield return New(null, [(archive.Location, archive.Ranges.Reason ?? "not read")], context);
        foreach (var member in snapshot.Members.Where(m => m.Listed is not null || m.Postgres.State.IsKnown || !snapshot.View.IsKnown))
            if (!MemberReachableRule.TellsOf(member) && Gaps(member).ToList() is { Count: > 0 } gaps)
                yield return New(member, gaps, context);
    }

    private static IEnumerable<(string Name, string Reason)> Gaps(MemberSnapshot member)
    {
        var sql = member.Postgres;
        // One reason for all of it is told once.
        if (Gap("PostgreSQL", sql.State) is { } down)
        {
            yield return down;
            yield break;
        }
        foreach (var gap in new[]
        {
            Gap("GET /patroni", MemberReachableRule.TellsOfPatroni(member) ? Reading.Of(new PatroniStatus()) : member.Patroni),
            Gap("pg_control", sql.Control), Gap("pg_stat_replication", sql.Senders), Gap("pg_stat_wal_receiver", sql.Receivers),
            Gap("pg_replication_slots", sql.Slots), Gap("pg_ls_waldir", sql.Wal), Gap("pg_stat_archiver", sql.Archiver), Gap("pg_settings", sql.Settings),
            Gap("pg_stat_activity", sql.Backends), Gap("pg_ls_archive_statusdir", sql.ArchiveQueue), Gap("pg_collation", sql.Collations),
        }.OfType<(string, string)>())
            yield return gap;
        var state = sql.State.Value!;
        if (state.IsInRecovery is null)
            yield return ("pg_is_in_recovery", "the server did not say");
        if (member.Position is null || (state.IsInRecovery == true && state.ReplayLsn is null))
            yield return ("position", "the server did not say");
        if (member.Timeline is null)
            yield return ("timeline", "neither receiver nor control file gave it");
        if (state.IsInRecovery == true && state.IsReplayPaused is null)
            yield return ("replay paused", "the server did not say");
    }

    private static (string, string)? Gap<T>(string name, Reading<T> reading) where T : class => reading.IsKnown ? null : (name, reading.Reason ?? "not read");

    // REST alone being silent is a warning of its own, and a server that is gone is worse than unknown.
    private static Finding New(MemberSnapshot? member, List<(string Name, string Reason)> gaps, DiagnosisContext context)
    {
        var needsGrant = gaps.Any(g => g.Reason.Contains("permission denied", StringComparison.OrdinalIgnoreCase));
        var isRestOnly = member is not null && gaps.All(g => g.Name == "GET /patroni") && member.Postgres.State.IsKnown;
        return new Finding
        {
            Id = "NotReadable",
            Member = member?.Name,
            Severity = isRestOnly ? FindingSeverity.Info : FindingSeverity.Unknown,
            Message = $"{member?.Name ?? context.Snapshot.Cluster} could not be judged fully: {string.Join(", ", gaps.Select(g => g.Name))} not read.",
            Cause = gaps[0].Reason,
            NextCommand = needsGrant ? "psql: GRANT pg_monitor TO the observing role" : null,
            Evidence = [.. gaps.Select(g => new Evidence(g.Name, $"unknown: {g.Reason}", member?.Name ?? "cluster"))],
        };
    }
}

using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Advice.Rules;

/// <summary>use_pg_rewind: needs data checksums or wal_log_hints; off, a diverged old leader stays diverged.</summary>
internal sealed class UsePgRewindRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = AdviceTopic.Patroni("Patroni docs/dynamic_configuration.rst: postgresql.use_pg_rewind; PostgreSQL, pg_rewind", "postgresql", "use_pg_rewind");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.Configuration is not { } configuration)
            return [context.Unknown(Topic, context.ConfigurationUnknown)];
        var facts = context.Snapshot.Members.Select(Fact).ToList();
        return [configuration.UsePgRewind ? On(context, facts) : Off(context, facts)];
    }

    private static ConfigurationAdvice On(AdviceContext context, List<MemberFact> facts) =>
        context.FromMembers(Topic, facts, AdviceStatus.Wrong, "wal_log_hints on",
            "Data checksums or wal_log_hints are on, which pg_rewind needs.",
            "neither data checksums nor wal_log_hints are on: pg_rewind refuses, and a diverged old leader stays diverged.",
            [Change.Parameter("wal_log_hints", "on")]) with { Current = "true", NeedsRestart = facts.Any(f => f.IsFine == false) };

    // An old leader that has diverged comes back as running, lag 0, and can win the next election.
    private static ConfigurationAdvice Off(AdviceContext context, List<MemberFact> facts)
    {
        var needsHints = facts.Any(f => f.IsFine != true);
        var reason = "A leader that died before its last WAL was sent comes back diverged and must be rebuilt by hand; pg_rewind repairs it. "
            + (IsOld(context.Snapshot)
                ? "Beware: with it on, this Patroni runs postgres --single on a data directory that was swapped in from a copy of a running server, which makes it diverge: start such a copy with pg_ctl first."
                : "A node's own patroni.yml may have turned it on already; that was not read.");
        return context.Propose(Topic, AdviceStatus.Advice, "false", "true", reason,
            [Change.Postgresql("use_pg_rewind", true), .. needsHints ? [Change.Parameter("wal_log_hints", "on")] : Array.Empty<Change>()],
            [.. facts.Select(f => f.Evidence("data_checksums, wal_log_hints"))]) with { NeedsRestart = needsHints };
    }

    private static bool IsOld(ClusterSnapshot snapshot) =>
        snapshot.Members.Any(m => PatroniVersion.Parse(m.Patroni.Value?.PatroniVersion) is not { } version || version < new Version(4, 1, 0));

    private static MemberFact Fact(MemberSnapshot member)
    {
        if (member.Postgres.Settings.Value is not { } settings)
            return new MemberFact(member.Name, null, member.Postgres.Settings.Reason ?? "not read");
        var checksums = settings.Values.GetValueOrDefault("data_checksums");
        var hints = settings.Values.GetValueOrDefault("wal_log_hints");
        var isOn = checksums == "on" || hints == "on";
        return isOn || (checksums is not null && hints is not null)
            ? new MemberFact(member.Name, isOn, $"data_checksums {checksums ?? "unknown"}, wal_log_hints {hints ?? "unknown"}")
            : new MemberFact(member.Name, null, "the server did not show data_checksums and wal_log_hints to this role");
    }
}

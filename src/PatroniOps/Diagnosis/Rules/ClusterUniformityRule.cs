using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>SystemIdentifierMismatch, VersionsDiffer, CollationMismatch, ClockSkew: nodes that should be alike and are not.</summary>
internal sealed class ClusterUniformityRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (context.Leader is not { } leader)
            yield break;
        foreach (var member in context.Snapshot.Members.Where(m => m != leader))
            foreach (var finding in Compare(member, leader, context))
                yield return finding;
    }

    private static IEnumerable<Finding> Compare(MemberSnapshot member, MemberSnapshot leader, DiagnosisContext context)
    {
        if (ReplicationCheck.IsForeign(member, context.Snapshot))
            yield return New("SystemIdentifierMismatch", FindingSeverity.Critical, member, context,
                $"{member.Name} holds another database cluster than the leader: system identifier {ReplicationCheck.SystemOf(member)} against {ReplicationCheck.SystemOf(leader)}.",
                "It was initialised or restored on its own, or its address belongs to another cluster.", ReplicationCheck.SystemOf(member), ReplicationCheck.SystemOf(leader), "pg_control_system");
        var (own, of) = (member.Postgres.State.Value?.Version / 10000, leader.Postgres.State.Value?.Version / 10000);
        if (own is not null && of is not null && own != of)
            yield return New("VersionsDiffer", FindingSeverity.Critical, member, context,
                $"{member.Name} runs PostgreSQL {own}, the leader {of}.", "A major upgrade that did not reach every node.", $"{own}", $"{of}", "server_version");
        var (collation, leaders) = (member.Postgres.Collations.Value, leader.Postgres.Collations.Value);
        if (Differ(collation?.Libc, leaders?.Libc) || Differ(collation?.Icu, leaders?.Icu))
            yield return New("CollationMismatch", FindingSeverity.Warning, member, context,
                $"{member.Name} sorts text by other library versions than the leader: libc {collation?.Libc} against {leaders?.Libc}, ICU {collation?.Icu} against {leaders?.Icu}. Indexes on text may be wrong there.",
                "The operating system was upgraded on one of them.", $"libc {collation?.Libc}, ICU {collation?.Icu}", $"libc {leaders?.Libc}, ICU {leaders?.Icu}", "pg_collation_actual_version");
        // The members are read side by side; a slow one is read later by at most the time that the reading took.
        if (Skew(member, leader) is { } skew && skew.Duration().TotalSeconds >= context.Thresholds.ClockSkew.TotalSeconds + context.Snapshot.ReadWithin.TotalSeconds)
            yield return New("ClockSkew", FindingSeverity.Warning, member, context,
                $"{member.Name}'s clock differs from the leader's by {Words.Duration(skew.Duration())}.",
                "No time synchronisation. Lags in time and the key's expiry cannot be trusted.", $"{member.Postgres.State.Value?.ServerTime:u}", $"{leader.Postgres.State.Value?.ServerTime:u}", "clock_timestamp");
    }

    private static bool Differ(string? left, string? right) => left is not null && right is not null && left != right;

    private static TimeSpan? Skew(MemberSnapshot member, MemberSnapshot leader) => member.Postgres.State.Value?.ServerTime - leader.Postgres.State.Value?.ServerTime;

    private static Finding New(string id, FindingSeverity severity, MemberSnapshot member, DiagnosisContext context, string message, string cause, string? own, string? leaders, string source) => new()
    {
        Id = id,
        Member = member.Name,
        Severity = severity,
        Message = message,
        Cause = cause,
        NextCommand = context.Command("Get-PatroniMember", member.Name),
        Evidence = [new(source, own ?? "unknown", member.Name), new(source, leaders ?? "unknown", context.Leader!.Name)],
    };
}

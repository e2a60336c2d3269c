using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>MemberDown, PostgresDown, PatroniDown, PatroniUnreachable, MemberAbsent: which of a member's two ends answer.</summary>
internal sealed class MemberReachableRule : IDiagnosisRule
{
    /// <summary>Nobody answers at its PostgreSQL, and this rule or RestartRule says so: nothing more needs to be said about what was not read there.</summary>
    public static bool TellsOf(MemberSnapshot member) => member.Listed is not null && IsGone(member.Postgres.State.Failure);

    /// <summary>Its Patroni does not answer while its PostgreSQL does, and this rule says so.</summary>
    public static bool TellsOfPatroni(MemberSnapshot member) =>
        member.IsAbsent || (member.Listed is not null && !member.Patroni.IsKnown && member.Postgres.State.IsKnown);

    public IEnumerable<Finding> Judge(DiagnosisContext context) =>
        context.Snapshot.Members.Select(m => m.IsAbsent ? Absent(m, context) : m.Listed is not null ? Listed(m, context) : null).OfType<Finding>();

    private static Finding? Listed(MemberSnapshot member, DiagnosisContext context)
    {
        var isServing = member.Postgres.State.IsKnown;
        var isDown = IsGone(member.Postgres.State.Failure);
        if (member.Patroni.Value is { } status)
            return isDown && !RestartRule.IsInTransition(member, context) && !RestartRule.HasFailed(member)
                ? New("PostgresDown", FindingSeverity.Critical, member, $"{member.Name}'s PostgreSQL does not answer; Patroni calls it {status.State}.", context, member.Postgres.State.Reason)
                : null;
        if (isServing)
            return New("PatroniUnreachable", FindingSeverity.Warning, member, $"{member.Name}'s Patroni does not answer, its PostgreSQL does: replication can be judged, failover cannot.", context, member.Patroni.Reason);
        return isDown
            ? New("MemberDown", FindingSeverity.Critical, member, $"Neither Patroni nor PostgreSQL answers on {member.Name}; it is still listed until its key expires.", context, member.Patroni.Reason)
            : null;
    }

    private static Finding Absent(MemberSnapshot member, DiagnosisContext context)
    {
        if (member.Postgres.State.IsKnown)
            return New("PatroniDown", FindingSeverity.Warning, member,
                $"{member.Name} is not in the cluster's list, yet its PostgreSQL runs: Patroni is down there, nobody restarts it or fails over to it.", context, member.Patroni.Reason);
        var wal = context.WalOf(member.Name);
        var isUrgent = wal?.HeldFor is { } held && held < context.Thresholds.WalHeldCritical;
        var away = wal?.AbsentFor is { } absent ? $" for at least {Words.Duration(absent)}" : "";
        var hold = wal?.HeldFor is { } left
            ? left == TimeSpan.Zero ? "The WAL that it needs may go at any checkpoint" : $"The WAL that it needs lasts for about {Words.Duration(left)}"
            : "How long its WAL lasts is not known";
        return new Finding
        {
            Id = "MemberAbsent",
            Member = member.Name,
            Severity = isUrgent ? FindingSeverity.Critical : FindingSeverity.Warning,
            Message = $"{member.Name} has left the cluster's list{away}. {hold}: held by {wal?.HeldBy ?? "nothing that is known"}.",
            Cause = "Stopped for maintenance, crashed, or cut off from the DCS. One that was taken out for good is forgotten with Disconnect-PatroniCluster -Forget.",
            NextCommand = context.Command("Test-WalAvailability", member.Name),
            Evidence =
            [
                new("last listed", member.Remembered?.LastListedAt.ToString("u") ?? "unknown", "remembered by the profile"),
                new("last position", member.Remembered?.LastPosition?.ToString() ?? "unknown", "remembered by the profile"),
                new("slot", wal?.IsSlotProtecting switch { true => "protects it", false => "does not protect it", null => "unknown" }, $"{wal?.Upstream ?? "leader"} pg_replication_slots"),
            ],
        };
    }

    // Nobody answers there; refused credentials or permissions are another matter.
    private static bool IsGone(FailureKind? failure) => failure is FailureKind.Unreachable or FailureKind.Timeout;

    private static Finding New(string id, FindingSeverity severity, MemberSnapshot member, string message, DiagnosisContext context, string? reason) => new()
    {
        Id = id,
        Member = member.Name,
        Severity = severity,
        Message = message,
        NextCommand = context.Command("Get-PatroniMember", member.Name),
        Evidence =
        [
            new("REST", member.Patroni.Value?.State ?? $"unknown: {member.Patroni.Reason}", member.ApiUrl?.ToString() ?? "unknown address"),
            new("SQL", member.Postgres.State.IsKnown ? "answers" : $"unknown: {reason ?? member.Postgres.State.Reason}", $"{member.Host}:{member.Port}"),
        ],
    };
}

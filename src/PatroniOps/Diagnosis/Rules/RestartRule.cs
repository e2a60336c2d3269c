using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>MemberRestarting, StartingForever: PostgreSQL is on its way up or down, by Patroni's word.</summary>
internal sealed class RestartRule : IDiagnosisRule
{
    private static readonly string[] Transitions =
        ["starting", "restarting", "stopping", "stopped", "creating replica", "initializing new cluster", "running custom bootstrap script", "starting after custom bootstrap"];

    private static readonly string[] Failures = ["start failed", "restart failed", "stop failed", "crashed", "initdb failed", "custom bootstrap failed"];

    /// <summary>Patroni says that it is changing, and not for longer than that may take.</summary>
    public static bool IsInTransition(MemberSnapshot member, DiagnosisContext context) =>
        Transitions.Contains(member.Patroni.Value?.State) && !IsTooLong(member, context);

    /// <summary>Patroni says itself that it could not start or stop PostgreSQL: this rule tells of it.</summary>
    public static bool HasFailed(MemberSnapshot member) => Failures.Contains(member.Patroni.Value?.State);

    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var member in context.Snapshot.Members)
        {
            var state = member.Patroni.Value?.State;
            if (HasFailed(member))
                yield return New("PostgresDown", FindingSeverity.Critical, member, $"Patroni could not run PostgreSQL on {member.Name}: {state}.", context);
            else if (IsInTransition(member, context))
                yield return New("MemberRestarting", FindingSeverity.Warning, member, $"{member.Name} is {state}.", context);
            else if (Transitions.Contains(state))
                yield return New("StartingForever", FindingSeverity.Critical, member, $"{member.Name} has been {state} for {Words.Duration(InStateFor(member, context))}.", context);
        }
    }

    // A copy takes as long as its data is large: only its watcher can say that it hangs.
    private static bool IsTooLong(MemberSnapshot member, DiagnosisContext context) =>
        member.Patroni.Value?.State is not "creating replica" && InStateFor(member, context) >= context.Thresholds.Restart;

    private static TimeSpan InStateFor(MemberSnapshot member, DiagnosisContext context) => context.Since(context.ObservedOf(member.Name)?.StateSince) ?? TimeSpan.Zero;

    private static Finding New(string id, FindingSeverity severity, MemberSnapshot member, string message, DiagnosisContext context) => new()
    {
        Id = id,
        Member = member.Name,
        Severity = severity,
        Message = message,
        NextCommand = context.Command("Get-PatroniMember", member.Name),
        Evidence = [new("state", member.Patroni.Value?.State ?? "unknown", $"{member.Name} GET /patroni")],
    };
}

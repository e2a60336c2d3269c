namespace PatroniOps.Diagnosis.Rules;

/// <summary>DcsNotSeen, WatchdogFailed, FailsafeActive: what a member's Patroni says of its own condition.</summary>
internal sealed class PatroniConditionRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var member in context.Snapshot.Members)
        {
            if (member.Patroni.Value is not { } status)
                continue;
            if (status.DcsLastSeen is { } seen && context.Snapshot.TakenAt - seen > context.Ttl)
                yield return new Finding
                {
                    Id = "DcsNotSeen",
                    Member = member.Name,
                    Severity = member.IsLeader || status.IsLeader ? FindingSeverity.Critical : FindingSeverity.Warning,
                    Message = $"{member.Name}'s Patroni has not seen the DCS for {(context.Snapshot.TakenAt - seen).TotalSeconds:0} s.",
                    Cause = "The DCS is down, or the member is cut off from it; or the two clocks differ.",
                    Evidence = [new("dcs_last_seen", seen.ToString("u"), $"{member.Name} GET /patroni")],
                };
            if (status.HasWatchdogFailed)
                yield return new Finding
                {
                    Id = "WatchdogFailed",
                    Member = member.Name,
                    Severity = FindingSeverity.Warning,
                    Message = $"{member.Name}'s watchdog could not be activated: a hanging Patroni would not be fenced.",
                    Evidence = [new("watchdog_failed", "true", $"{member.Name} GET /patroni")],
                };
            if (status.IsFailsafeActive)
                yield return new Finding
                {
                    Id = "FailsafeActive",
                    Member = member.Name,
                    Severity = FindingSeverity.Warning,
                    Message = $"{member.Name} runs in failsafe mode: the DCS is not reachable, and there is no failover until it is.",
                    Evidence = [new("failsafe_mode_is_active", "true", $"{member.Name} GET /patroni")],
                };
        }
    }
}

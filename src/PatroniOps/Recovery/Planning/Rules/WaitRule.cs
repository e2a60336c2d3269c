using PatroniOps.Diagnosis;

namespace PatroniOps.Recovery.Planning.Rules;

/// <summary>Wait: what Patroni and PostgreSQL do by themselves.</summary>
internal sealed class WaitRule : IRecoveryOptionRule
{
    public RecoveryOption Judge(PlanContext context)
    {
        var overdue = context.Findings.FirstOrDefault(f => f.Id == "SlotMissing");
        var (feasible, reason) = context.Wal switch
        {
            { Status: not WalAvailabilityStatus.Streaming } when overdue is not null => (false, overdue.Message),
            { Status: WalAvailabilityStatus.Streaming } => (true, "it streams: there is nothing to repair"),
            { IsAvailable: true } wal => (true, wal.Reason),
            { IsAvailable: null } wal => ((bool?)null, wal.Reason),
            var wal => (false, $"it does not recover by itself: {wal.Reason}"),
        };
        return new RecoveryOption
        {
            Method = RecoveryMethod.Wait,
            IsFeasible = feasible,
            Reason = reason,
            IsUndoable = true,
            BytesToMove = 0,
            LeaderLoad = LeaderLoad.None,
            Risk = "None; meanwhile its WAL must be kept.",
            Steps = [$"Watch {context.Target.Name} until it streams."],
        };
    }
}

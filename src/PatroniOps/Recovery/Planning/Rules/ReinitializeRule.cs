using PatroniOps.Recovery.Preflight;
using PatroniOps.Recovery.Reinitializations;

namespace PatroniOps.Recovery.Planning.Rules;

/// <summary>Reinitialize: Patroni's own, from REST alone.</summary>
internal sealed class ReinitializeRule : IRecoveryOptionRule
{
    public RecoveryOption Judge(PlanContext context)
    {
        var (feasible, reason) = PlanContext.Judge(ReinitializePreflight.Check(context.Target.Name, context.Reinitialize, context.Snapshot), "the leader answers and Patroni is free");
        return new RecoveryOption
        {
            Method = RecoveryMethod.Reinitialize,
            IsFeasible = feasible,
            Reason = reason,
            IsUndoable = false,
            BytesToMove = context.DatabaseBytes,
            EstimatedTime = context.TimeFor(context.DatabaseBytes),
            LeaderLoad = LeaderLoad.FullCopy,
            Risk = "The data is deleted before the copy begins: when the copy fails there is nothing left.",
            Steps = feasible == true ? Reinitializer.Plan(context.Target.Name, context.Snapshot) : [],
        };
    }
}

namespace PatroniOps.Recovery.Planning.Rules;

/// <summary>BaseBackup: beside the data, proven, swapped in.</summary>
internal sealed class BaseBackupRule : IRecoveryOptionRule
{
    public RecoveryOption Judge(PlanContext context)
    {
        var (feasible, reason, steps) = context.OnNode(ReplicaRebuildMethod.BaseBackup, "leader, node and disk allow it");
        return new RecoveryOption
        {
            Method = RecoveryMethod.BaseBackup,
            IsFeasible = feasible,
            Reason = reason,
            IsUndoable = true,
            BytesToMove = context.DatabaseBytes,
            EstimatedTime = context.TimeFor(context.DatabaseBytes),
            LeaderLoad = LeaderLoad.FullCopy,
            Risk = "The old data stays until the member has streamed from the new.",
            Steps = steps,
        };
    }
}

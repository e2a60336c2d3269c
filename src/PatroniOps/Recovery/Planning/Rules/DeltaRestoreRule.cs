namespace PatroniOps.Recovery.Planning.Rules;

/// <summary>DeltaRestore: from a repository that has a backup and all WAL since.</summary>
internal sealed class DeltaRestoreRule : IRecoveryOptionRule
{
    public RecoveryOption Judge(PlanContext context)
    {
        var (feasible, reason, steps) = context.OnNode(ReplicaRebuildMethod.DeltaRestore, "the repository has a backup and no gap since");
        var (bytes, note) = context.Moves(ReplicaRebuildMethod.DeltaRestore);
        return new RecoveryOption
        {
            Method = RecoveryMethod.DeltaRestore,
            IsFeasible = feasible,
            Reason = reason,
            IsUndoable = false,
            BytesToMove = bytes,
            BytesNote = note,
            EstimatedTime = context.TimeFor(bytes),
            LeaderLoad = LeaderLoad.None,
            Risk = "The data is overwritten in place; a repository that is damaged is found only while it is read.",
            Steps = steps,
        };
    }
}

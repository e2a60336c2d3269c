namespace PatroniOps.Recovery.Planning.Rules;

/// <summary>Rewind: only for a history that has left the leader's.</summary>
internal sealed class RewindRule : IRecoveryOptionRule
{
    public RecoveryOption Judge(PlanContext context)
    {
        var (feasible, reason, steps) = context.OnNode(ReplicaRebuildMethod.Rewind, "its history has diverged, and pg_rewind's conditions hold");
        var (bytes, note) = context.Moves(ReplicaRebuildMethod.Rewind);
        return new RecoveryOption
        {
            Method = RecoveryMethod.Rewind,
            IsFeasible = feasible,
            Reason = reason,
            IsUndoable = false,
            BytesToMove = bytes,
            BytesNote = note,
            EstimatedTime = context.TimeFor(bytes),
            LeaderLoad = LeaderLoad.Low,
            Risk = "Rows that only this member has are lost; an attempt that fails half-way leaves data that must be copied anew.",
            Steps = steps,
        };
    }
}

using PatroniOps.Diagnosis;

namespace PatroniOps.Recovery.Planning.Rules;

/// <summary>RestoreWal: the missing segments exist on another member or in an archive.</summary>
internal sealed class RestoreWalRule : IRecoveryOptionRule
{
    public RecoveryOption Judge(PlanContext context)
    {
        var wal = context.Wal;
        var (feasible, reason) = wal.Status switch
        {
            WalAvailabilityStatus.OnAnotherMember or WalAvailabilityStatus.AvailableInArchive when context.NodeUnknown is { } why => ((bool?)null, $"others have it, but {context.Target.Name}'s node was not looked at: {why}"),
            WalAvailabilityStatus.OnAnotherMember or WalAvailabilityStatus.AvailableInArchive => (true, wal.Reason),
            WalAvailabilityStatus.Unknown => (null, wal.Reason),
            WalAvailabilityStatus.Missing => (false, "no source has the missing WAL"),
            WalAvailabilityStatus.Diverged => (false, "its history is not the leader's: no WAL brings it back"),
            _ => (false, "its upstream has recycled nothing that it needs"),
        };
        return new RecoveryOption
        {
            Method = RecoveryMethod.RestoreWal,
            IsFeasible = feasible,
            Reason = reason,
            IsUndoable = true,
            BytesToMove = wal.LagBytes is > 0 and var lag && feasible != false ? lag : wal.MissingBytes,
            EstimatedTime = context.TimeFor(feasible != false ? wal.LagBytes : null),
            LeaderLoad = LeaderLoad.Low,
            Risk = "None: each segment is verified, and what was there is kept.",
            Steps = [$"Hold the WAL on the leader and on the source.", $"Bring the missing segments to {context.Target.Name}, the oldest first.", $"Watch {context.Target.Name} until it streams."],
        };
    }
}

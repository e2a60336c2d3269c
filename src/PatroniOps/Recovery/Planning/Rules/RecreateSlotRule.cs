using PatroniOps.Diagnosis;

namespace PatroniOps.Recovery.Planning.Rules;

/// <summary>RecreateSlot: the slot is gone for longer than Patroni takes to make it, and the upstream still has the WAL.</summary>
internal sealed class RecreateSlotRule : IRecoveryOptionRule
{
    public RecoveryOption Judge(PlanContext context)
    {
        var (feasible, reason) = Judge(context.Link, context.Wal);
        return new RecoveryOption
        {
            Method = RecoveryMethod.RecreateSlot,
            IsFeasible = feasible,
            Reason = reason,
            IsUndoable = true,
            BytesToMove = 0,
            LeaderLoad = LeaderLoad.None,
            Risk = "A slot keeps WAL: a member that never comes back fills the disk.",
            Steps = [$"SELECT pg_create_physical_replication_slot('{context.Link.SlotName}', true) on {context.Link.Upstream?.Name ?? "its upstream"}.", $"Watch {context.Target.Name} until it streams."],
        };
    }

    private static (bool? IsFeasible, string Reason) Judge(ReplicaLink link, WalAvailability wal)
    {
        if (link.Upstream is not { } upstream || !upstream.Postgres.Slots.IsKnown)
            return (null, $"the slots of its upstream were not read: {link.Upstream?.Postgres.Slots.Reason ?? "it has none"}");
        if (link.Slot is not null)
            return (false, $"the slot {link.SlotName} is there");
        if (link.Replica.IsAbsent)
            return (false, $"{link.Replica.Name} is not in the cluster's list: Patroni drops its slot until it is");
        return wal.Status switch
        {
            WalAvailabilityStatus.AvailableUpstream => (true, $"{upstream.Name} has all the WAL that it needs, and no slot {link.SlotName}"),
            WalAvailabilityStatus.Unknown => (null, wal.Reason),
            _ => (false, $"a slot does not help: {wal.Reason}"),
        };
    }
}

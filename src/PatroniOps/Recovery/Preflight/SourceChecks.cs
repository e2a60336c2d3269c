using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold of the member that is copied from.</summary>
internal static class SourceChecks
{
    public static PreflightCheck Sound(MemberSnapshot? source, MemberSnapshot? target, ClusterSnapshot snapshot)
    {
        const string name = "source is sound";
        if (source is null)
            return new(name, false, "the member to copy from is not known");
        if (source.Name == target?.Name)
            return new(name, false, $"{source.Name} cannot be copied from itself");
        if (source.IsLeader)
            return new(name, true, $"{source.Name} is the leader");
        return ReplicationCheck.IsStreaming(ReplicaLink.Of(source, snapshot), snapshot) switch
        {
            true => new(name, true, $"{source.Name} streams"),
            false => new(name, false, $"{source.Name} does not stream itself: a copy of it would be as broken"),
            null => new(name, null, $"whether {source.Name} streams was not read"),
        };
    }

    public static PreflightCheck FreeSenders(MemberSnapshot? source, int needed)
    {
        const string name = "free walsenders";
        if (source?.Postgres.Settings.Value?.MaximumWalSenders is not { } maximum || source.Postgres.Senders.Value is not { } senders)
            return new(name, null, source?.Postgres.Settings.Reason ?? source?.Postgres.Senders.Reason ?? "max_wal_senders was not read");
        return new(name, maximum - senders.Count >= needed, $"{maximum - senders.Count} of {maximum} free on {source.Name}, {needed} needed");
    }

    public static PreflightCheck FreeSlots(MemberSnapshot? source, int needed)
    {
        const string name = "free replication slots";
        if (source?.Postgres.Settings.Value?.MaximumReplicationSlots is not { } maximum || source.Postgres.Slots.Value is not { } slots)
            return new(name, null, source?.Postgres.Settings.Reason ?? source?.Postgres.Slots.Reason ?? "max_replication_slots was not read");
        return new(name, maximum - slots.Count >= needed, $"{maximum - slots.Count} of {maximum} free on {source.Name}, {needed} needed");
    }
}

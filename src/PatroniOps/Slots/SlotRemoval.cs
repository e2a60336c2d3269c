using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Slots;

/// <summary>Whether a slot may be dropped, and what goes with it. Pure.</summary>
public static class SlotRemoval
{
    private const string ForceHint = "-Force drops it all the same.";

    /// <param name="name">The slot.</param>
    /// <param name="member">The node that has it; null: the leader.</param>
    /// <param name="snapshot">A fresh one.</param>
    /// <param name="isForced">Drop it although Patroni wants it. One that is in use is never dropped.</param>
    /// <exception cref="PatroniOpsException">It is not there, is in use, or is wanted.</exception>
    public static SlotRepair Plan(string name, string? member, ClusterSnapshot snapshot, bool isForced)
    {
        var slot = Find(name, Node(member, snapshot), snapshot);
        if (slot.IsActive != false)
            throw Refused($"Slot {name} on {slot.Member} is {(slot.IsActive == true ? "in use" : "not known to be unused")}: it is not dropped.");
        if (!isForced)
            RequireUnwanted(slot, snapshot);
        return new SlotRepair
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Member = slot.Member,
            SlotName = name,
            ForMember = slot.ForMember,
            Kind = slot.Status == PatroniSlotStatus.Lost ? SlotRepairKind.Lost : SlotRepairKind.Orphan,
            Action = SlotRepairAction.Drop,
            Reason = $"It keeps {(slot.RetainedBytes is { } bytes ? Words.Bytes(bytes) : "an unknown amount")} of WAL{(slot.RestartLsn is { } restart ? $" from {restart} on" : "")}: that is let go.",
            Command = SlotSql.Text(SlotRepairAction.Drop, name),
            RetainedBytes = slot.RetainedBytes,
        };
    }

    private static MemberSnapshot Node(string? member, ClusterSnapshot snapshot) => member is null
        ? snapshot.Leader ?? throw Refused($"{snapshot.NoLeader}. Name the node with -Member.")
        : snapshot.Members.FirstOrDefault(m => string.Equals(m.Name, member, StringComparison.OrdinalIgnoreCase))
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"Cluster {snapshot.Cluster} has no member {member}. It has {string.Join(", ", snapshot.Members.Select(m => m.Name))}.");

    private static PatroniSlot Find(string name, MemberSnapshot node, ClusterSnapshot snapshot)
    {
        if (node.Postgres.Slots.Value is not { } rows)
            throw new PatroniOpsException(node.Postgres.Slots.Failure ?? FailureKind.Unreachable, $"{node.Name}: its slots were not read: {node.Postgres.Slots.Reason}");
        return rows.Any(r => r.Name == name)
            ? SlotComparison.Compare(snapshot).First(s => s.Member == node.Name && s.SlotName == name)
            : throw new PatroniOpsException(FailureKind.NotConfigured, $"{node.Name} has no slot {name}. It has {(rows.Count == 0 ? "none" : string.Join(", ", rows.Select(r => r.Name)))}.");
    }

    private static void RequireUnwanted(PatroniSlot slot, ClusterSnapshot snapshot)
    {
        if (snapshot.Configuration.Value is not { } configuration)
            throw Refused($"Whether Patroni wants slot {slot.SlotName} is not known, the configuration was not read: {snapshot.Configuration.Reason} {ForceHint}");
        if (configuration.PermanentSlots.Any(s => s.Name == slot.SlotName))
            throw Refused($"Slot {slot.SlotName} is permanent: Patroni makes it again. Take it out of the configuration first (a member that is protected: Unprotect-PatroniMember). {ForceHint}");
        if (slot.ExpectedBecause is { } because)
            throw Refused($"Slot {slot.SlotName} on {slot.Member} is wanted by Patroni ({because}{(slot.ForMember is { } owner ? $", for {owner}" : "")}). {ForceHint}");
        if (slot.Status is not (PatroniSlotStatus.Unexpected or PatroniSlotStatus.Ignored or PatroniSlotStatus.Lost or PatroniSlotStatus.Unreserved))
            throw Refused($"Slot {slot.SlotName} on {slot.Member} is {slot.Status}: that nobody wants it is not known. {ForceHint}");
    }

    private static PatroniOpsException Refused(string why) => new(FailureKind.Refused, why);
}

namespace PatroniOps.Patroni;

/// <summary>Which slots a node should have, by the rules of the Patroni that runs there: 2.1 to 4.1.</summary>
/// <remarks>Sources: Patroni, patroni/dcs/__init__.py (Cluster.get_replication_slots and helpers), patroni/postgresql/slots.py.</remarks>
public static class SlotRules
{
    private static readonly Version NoStreamIsKnown = new(3, 3, 0);
    private static readonly Version PermanentEverywhere = new(3, 2, 0);
    private static readonly Version MemberSlotsEverywhere = new(4, 0, 0);
    private static readonly Version ClusterTypeIsKnown = new(4, 1, 0);

    /// <summary>The slots that the node should have, one a name.</summary>
    /// <param name="node">The node's member name.</param>
    /// <param name="topology">Members, configuration and PostgreSQL's version.</param>
    /// <param name="patroni">The Patroni release on the node; null (not known) applies the rule that holds in all of them.</param>
    public static IReadOnlyList<ExpectedSlot> Expected(string node, SlotTopology topology, Version? patroni)
    {
        if (!topology.Configuration.UseSlots || topology.Members.FirstOrDefault(m => m.Name == node) is not { } self)
            return [];
        var slots = new Dictionary<string, ExpectedSlot>(StringComparer.Ordinal);
        foreach (var slot in MemberSlots(self, topology, patroni).Concat(PermanentSlots(self, topology, patroni)))
            slots.TryAdd(slot.Name, slot);
        return [.. slots.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    /// <summary>True when the node keeps the slots of every other member, not only of those that stream from it.</summary>
    public static bool KeepsSlotsOfAllMembers(SlotTopology topology, Version? patroni) =>
        patroni >= MemberSlotsEverywhere && topology.PostgresVersion >= 110000 && topology.Configuration.MemberSlotsTtl > TimeSpan.Zero;

    /// <summary>True when <paramref name="member"/> is meant to stream from <paramref name="node"/> now.</summary>
    public static bool StreamsFrom(SlotTopologyMember member, SlotTopologyMember node, SlotTopology topology)
    {
        if (member.Name == node.Name || member.IsLeader)
            return false;
        var source = member.Tags.ReplicateFrom;
        var sourceIsMember = source is not null && source != member.Name && topology.Members.Any(m => m.Name == source && !m.IsAbsent);
        return node.IsLeader ? !sourceIsMember || source == node.Name : sourceIsMember && source == node.Name;
    }

    private static IEnumerable<ExpectedSlot> MemberSlots(SlotTopologyMember self, SlotTopology topology, Version? patroni)
    {
        var keepsAll = KeepsSlotsOfAllMembers(topology, patroni);
        foreach (var member in topology.Members.Where(m => m.Name != self.Name))
        {
            if (member.Tags.NoStream && (patroni is null || patroni >= NoStreamIsKnown))
                continue;
            var named = member.Tags.ReplicateFrom == self.Name;
            var streams = StreamsFrom(member, self, topology);
            var wanted = keepsAll ? self.IsLeader || !self.Tags.NoFailover || named : streams && !member.IsAbsent;
            if (!wanted)
                continue;
            var reason = member.IsAbsent ? SlotReason.Retained : named ? SlotReason.ReplicateFrom : SlotReason.Member;
            yield return new ExpectedSlot(SlotName.FromMember(member.Name), reason, member.Name, IsLogical: false, streams && !member.IsAbsent);
        }
    }

    private static IEnumerable<ExpectedSlot> PermanentSlots(SlotTopologyMember self, SlotTopology topology, Version? patroni)
    {
        var everywhere = patroni >= PermanentEverywhere && topology.PostgresVersion >= 110000;
        if (patroni >= PermanentEverywhere && self.Tags.NoFailover)
            yield break;
        foreach (var slot in topology.Configuration.PermanentSlots)
        {
            if (!SlotName.IsValid(slot.Name) || !MatchesClusterType(slot, topology, patroni))
                continue;
            if (!slot.IsLogical && slot.Name == SlotName.FromMember(self.Name))
                continue;
            if (self.IsLeader || (slot.IsLogical ? topology.PostgresVersion >= 110000 : everywhere))
                yield return Permanent(slot, self, topology);
        }
    }

    // A permanent slot may bear a member's name: that member's stream then uses it.
    private static ExpectedSlot Permanent(PermanentSlot slot, SlotTopologyMember self, SlotTopology topology)
    {
        var member = slot.IsLogical ? null : topology.Members.FirstOrDefault(m => SlotName.FromMember(m.Name) == slot.Name);
        var active = member is { IsAbsent: false } && StreamsFrom(member, self, topology);
        return new ExpectedSlot(slot.Name, SlotReason.Permanent, member?.Name, slot.IsLogical, active);
    }

    private static bool MatchesClusterType(PermanentSlot slot, SlotTopology topology, Version? patroni) =>
        slot.ClusterType is null || !(patroni >= ClusterTypeIsKnown)
        || slot.ClusterType == (topology.Configuration.IsStandbyCluster ? "standby" : "primary");
}

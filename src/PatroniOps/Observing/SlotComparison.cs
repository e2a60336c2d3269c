using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Observing;

/// <summary>For every node, the slots that it should have beside those that it has. Pure.</summary>
public static class SlotComparison
{
    public static IEnumerable<PatroniSlot> Compare(ClusterSnapshot snapshot) =>
        snapshot.Members.Where(m => m.Listed is not null || m.Postgres.Slots.IsKnown).SelectMany(node => Compare(node, snapshot));

    /// <summary>The rules' view of the cluster; null when the configuration was not read.</summary>
    internal static SlotTopology? Topology(ClusterSnapshot snapshot)
    {
        if (snapshot.Configuration.Value is not { } configuration)
            return null;
        var versions = snapshot.Members.Select(m => m.Postgres.State.Value?.Version ?? m.Patroni.Value?.ServerVersion).OfType<int>().ToList();
        return new SlotTopology(
            [.. snapshot.Members.Select(m => new SlotTopologyMember(m.Name, m.IsLeader, m.Tags, m.IsAbsent))],
            configuration,
            versions.Count > 0 ? versions.Min() : null);
    }

    private static IEnumerable<PatroniSlot> Compare(MemberSnapshot node, ClusterSnapshot snapshot)
    {
        var topology = Topology(snapshot);
        var version = PatroniVersion.Parse(node.Patroni.Value?.PatroniVersion);
        IReadOnlyList<ExpectedSlot> expected = topology is null ? [] : SlotRules.Expected(node.Name, topology, version);
        var actual = node.Postgres.Slots.Value?.DistinctBy(s => s.Name).ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (var slot in expected)
            yield return Describe(node, slot, actual?.GetValueOrDefault(slot.Name), topology, version, snapshot);
        foreach (var row in (actual?.Values ?? Enumerable.Empty<SlotRow>()).Where(row => expected.All(e => e.Name != row.Name)).OrderBy(row => row.Name, StringComparer.Ordinal))
            yield return Describe(node, null, row, topology, version, snapshot);
    }

    private static PatroniSlot Describe(MemberSnapshot node, ExpectedSlot? expected, SlotRow? row, SlotTopology? topology, Version? version, ClusterSnapshot snapshot)
    {
        var position = node.IsLeader ? snapshot.LeaderLsnAfter ?? node.Position : node.Position;
        var unknown = row is null && !node.Postgres.Slots.IsKnown ? node.Postgres.Slots.Reason
            : expected is null && (topology is null || version is null) ? snapshot.Configuration.Reason ?? node.Patroni.Reason ?? "Patroni's version on this node is not known."
            : null;
        return new PatroniSlot
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Member = node.Name,
            SlotName = expected?.Name ?? row!.Name,
            Status = StatusOf(node, expected, row, topology, version),
            ExpectedBecause = expected?.Reason,
            ForMember = expected?.ForMember,
            ShouldBeActive = expected?.ShouldBeActive ?? false,
            SlotType = row?.Type ?? (expected is null ? null : expected.IsLogical ? "logical" : "physical"),
            IsActive = row?.IsActive,
            RestartLsn = row?.RestartLsn,
            RetainedBytes = row?.RestartLsn is { } restart && position is { } current ? current - restart : null,
            WalStatus = row?.WalStatus,
            SafeWalSize = row?.SafeWalSize,
            InactiveSince = row?.InactiveSince,
            Unknown = unknown,
        };
    }

    private static PatroniSlotStatus StatusOf(MemberSnapshot node, ExpectedSlot? expected, SlotRow? row, SlotTopology? topology, Version? version)
    {
        if (row is null)
            return node.Postgres.Slots.IsKnown ? PatroniSlotStatus.Missing : PatroniSlotStatus.Unknown;
        if (row.WalStatus == "lost" || row.InvalidationReason is not null)
            return PatroniSlotStatus.Lost;
        if (row.WalStatus == "unreserved")
            return PatroniSlotStatus.Unreserved;
        if (row.IsTemporary == true)
            return PatroniSlotStatus.Temporary;
        if (expected is null && topology is not null)
        {
            if (IsIgnored(row, topology.Configuration))
                return PatroniSlotStatus.Ignored;
            // Without the node's version the rules are incomplete: a slot that they do not name may still be wanted.
            if (version is not null)
                return PatroniSlotStatus.Unexpected;
        }
        return row.IsActive switch { true => PatroniSlotStatus.Active, false => PatroniSlotStatus.Inactive, null => PatroniSlotStatus.Unknown };
    }

    private static bool IsIgnored(SlotRow row, DynamicConfiguration configuration) => configuration.IgnoredSlots.Any(rule => rule.All(key => key.Key switch
    {
        "name" => row.Name == key.Value,
        "database" => row.Database == key.Value,
        "plugin" => row.Plugin == key.Value,
        "type" => row.Type == key.Value,
        _ => false,
    }));
}

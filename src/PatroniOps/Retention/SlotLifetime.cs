using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Retention;

/// <summary>How long Patroni keeps the slot of a member that is away.</summary>
/// <param name="Time">Null when it is not known, or when there is no end.</param>
/// <param name="IsForever">Every replica has a permanent slot.</param>
/// <param name="Detail">Which rule gives it, or why it is not known.</param>
internal sealed record SlotLifetime(TimeSpan? Time, bool IsForever, string Detail)
{
    public bool IsKnown => IsForever || Time is not null;

    /// <summary>True when Patroni is of a release that has member_slots_ttl and it is in force.</summary>
    public bool IsByMemberSlotsTtl { get; private init; }

    public static SlotLifetime Of(ClusterSnapshot snapshot)
    {
        if (snapshot.Configuration.Value is not { } configuration)
            return Unknown($"The dynamic configuration was not read: {snapshot.Configuration.Reason}");
        if (!configuration.UseSlots)
            return new SlotLifetime(TimeSpan.Zero, false, "use_slots is off: there are no slots.");
        if (snapshot.Leader is not { } leader)
            return Unknown("The leader is not known.");
        if (Replicas(snapshot).Any() && WithoutPermanentSlot(snapshot, configuration) is { Count: 0 })
            return new SlotLifetime(null, true, "Every replica has a permanent slot.");
        if (PatroniVersion.Parse(leader.Patroni.Value?.PatroniVersion) is not { } version)
            return Unknown($"Patroni's version on {leader.Name} was not read: {leader.Patroni.Reason ?? "it did not say."}");
        var topology = SlotComparison.Topology(snapshot)!;
        if (version.Major >= 4 && topology.PostgresVersion is null)
            return Unknown("PostgreSQL's version was not read.");
        return SlotRules.KeepsSlotsOfAllMembers(topology, version)
            ? new SlotLifetime(configuration.MemberSlotsTtl, false, $"Patroni {version} keeps an absent member's slot for member_slots_ttl, {Words.Duration(configuration.MemberSlotsTtl)}.") { IsByMemberSlotsTtl = true }
            : new SlotLifetime(configuration.Ttl, false, version.Major >= 4
                ? $"member_slots_ttl is not in force: an absent member's slot is dropped at the ttl, {Words.Duration(configuration.Ttl)}."
                : $"Patroni {version} drops an absent member's slot at the ttl, {Words.Duration(configuration.Ttl)}.");
    }

    /// <summary>The replicas whose slots are not permanent; nostream members need none.</summary>
    public static IReadOnlyList<string> WithoutPermanentSlot(ClusterSnapshot snapshot, DynamicConfiguration configuration)
    {
        var permanent = configuration.PermanentSlots.Where(s => !s.IsLogical).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        return [.. Replicas(snapshot).Where(name => !permanent.Contains(SlotName.FromMember(name)))];
    }

    private static IEnumerable<string> Replicas(ClusterSnapshot snapshot) => snapshot.Members.Where(m => !m.IsLeader && !m.Tags.NoStream).Select(m => m.Name);

    private static SlotLifetime Unknown(string why) => new(null, false, why);
}

using System.Globalization;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Advice.Rules;

/// <summary>max_replication_slots on every node: what Patroni keeps there, now and as the leader, with what others made, and a reserve.</summary>
internal sealed class MaxReplicationSlotsRule : IAdviceRule
{
    private const int Reserve = 2;

    private static readonly AdviceTopic Topic = new("max_replication_slots", "PostgreSQL, Replication: max_replication_slots; Patroni patroni/dcs/__init__.py get_replication_slots", NeedsRestart: true);

    private sealed record Need(string Member, int Expected, int Others, long? Maximum, string? Unknown)
    {
        public int Wanted => Expected + Others + Reserve;

        public bool? IsFine => Unknown is null ? Maximum >= Wanted : null;
    }

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (!context.Snapshot.View.IsKnown || context.Topology is not { } topology)
            return [context.Unknown(Topic, context.Topology is null ? context.ConfigurationUnknown : $"The members are not known: {context.Snapshot.View.Reason}")];
        var needs = context.Snapshot.Members.Select(m => NeedOf(m, topology)).ToList();
        var wanted = needs.Where(n => n.Unknown is null).Select(n => n.Wanted).DefaultIfEmpty(0).Max();
        var facts = needs.Select(n => new MemberFact(n.Member, n.IsFine, n.Unknown ?? n.Maximum!.Value.ToString(CultureInfo.InvariantCulture))).ToList();
        var isWrong = needs.Any(n => n.Unknown is null && n.Maximum < n.Expected + n.Others);
        var advice = context.FromMembers(Topic, facts, isWrong ? AdviceStatus.Wrong : AdviceStatus.Advice, wanted.ToString(CultureInfo.InvariantCulture),
            "Enough for the slots that Patroni keeps on each node, now and as the leader, those of others, and a reserve.",
            isWrong ? "fewer than the slots that this node needs: one of them cannot be created, and its replica goes without." : "hardly a slot is free: one more member or subscription, and one cannot be created.",
            [Change.Parameter(Topic.Setting, wanted)]);
        return [advice with { Evidence = [.. advice.Evidence, .. needs.Where(n => n.Unknown is null).Select(Sum)] }];
    }

    private static Evidence Sum(Need need) =>
        new("slots wanted", $"{need.Expected} by Patroni's rules + {need.Others} others + {Reserve} in reserve = {need.Wanted}", $"{need.Member} pg_replication_slots, GET /config");

    private static Need NeedOf(MemberSnapshot member, SlotTopology topology)
    {
        if (member.Postgres.Settings.Value?.MaximumReplicationSlots is not { } maximum)
            return Unknown(member, member.Postgres.Settings.Reason ?? "the server did not show it to this role");
        if (member.Postgres.Slots.Value is not { } slots)
            return Unknown(member, $"its slots were not read: {member.Postgres.Slots.Reason}");
        if (PatroniVersion.Parse(member.Patroni.Value?.PatroniVersion) is not { } version)
            return Unknown(member, $"Patroni's version there, which decides on the slots, was not read: {member.Patroni.Reason ?? "it did not say"}");
        if (topology.PostgresVersion is null)
            return Unknown(member, "PostgreSQL's version was not read");
        // Every node can become the leader, and absent members come back.
        var asLeader = topology with { Members = [.. topology.Members.Select(m => m with { IsLeader = m.Name == member.Name, IsAbsent = false })] };
        var expected = SlotRules.Expected(member.Name, asLeader, version).Concat(SlotRules.Expected(member.Name, topology, version)).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        return new Need(member.Name, expected.Count, slots.Count(s => !expected.Contains(s.Name)), maximum, null);
    }

    private static Need Unknown(MemberSnapshot member, string why) => new(member.Name, 0, 0, null, why);
}

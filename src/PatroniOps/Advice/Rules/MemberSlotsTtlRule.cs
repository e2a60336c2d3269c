using System.Globalization;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Retention;

namespace PatroniOps.Advice.Rules;

/// <summary>member_slots_ttl (4.0 and later): how long an absent member's slot is kept. Before 4.0 only permanent slots outlive the ttl.</summary>
internal sealed class MemberSlotsTtlRule : IAdviceRule
{
    private const int DefaultSeconds = 1800;

    private static readonly Version FirstVersion = new(4, 0, 0);
    private static readonly AdviceTopic Topic = AdviceTopic.Patroni("Patroni docs/dynamic_configuration.rst: member_slots_ttl; docs/replication_modes.rst", "member_slots_ttl");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.Configuration is not { } configuration)
            return [context.Unknown(Topic, context.ConfigurationUnknown)];
        if (context.Snapshot.Leader is not { } leader)
            return [context.Unknown(Topic, context.LeaderUnknown)];
        if (PatroniVersion.Parse(leader.Patroni.Value?.PatroniVersion) is not { } version)
            return [context.Unknown(Topic, $"Patroni's version on {leader.Name} was not read: {leader.Patroni.Reason ?? "it did not say."}")];
        return [version >= FirstVersion ? Judge(context, configuration) : BeforeFour(context, configuration, version)];
    }

    private static ConfigurationAdvice Judge(AdviceContext context, DynamicConfiguration configuration)
    {
        var text = context.DynamicText("member_slots_ttl");
        var time = text is null ? configuration.MemberSlotsTtl : SettingText.Milliseconds(text, 1000) is { } ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null;
        if (time is not { } ttl)
            return context.Unknown(Topic, "Not a number of seconds in the dynamic configuration.", context.Call("Get-PatroniConfiguration"), text);
        var current = ttl.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        if (context.Topology!.PostgresVersion is not { } postgres)
            return context.Unknown(Topic, "PostgreSQL's version was not read: before 11 the setting has no effect.", null, current);
        if (postgres < 110000)
            return context.Propose(Topic, AdviceStatus.Advice, current, null, "Before PostgreSQL 11 the setting has no effect: an absent member's slot is dropped at the ttl.", []);
        return ttl > TimeSpan.Zero
            ? context.Ok(Topic, current, $"An absent member's slot is kept for {Words.Duration(ttl)}.")
            : context.Propose(Topic, AdviceStatus.Advice, current, $"{DefaultSeconds}",
                $"The slot of a member that is away is dropped at the ttl, {Words.Duration(configuration.Ttl)}; a restart of its machine takes longer.", [Change.Of("member_slots_ttl", DefaultSeconds)]);
    }

    private static ConfigurationAdvice BeforeFour(AdviceContext context, DynamicConfiguration configuration, Version version)
    {
        var topic = Topic with { Setting = "slots", Key = ["slots"] };
        var missing = SlotLifetime.WithoutPermanentSlot(context.Snapshot, configuration);
        var current = $"{configuration.PermanentSlots.Count} permanent slots";
        if (missing.Count == 0)
            return context.Ok(topic, current, "Every replica has a permanent slot, which outlives the ttl.");
        // A permanent slot of the leader's name is of use after a switchover; on the leader itself Patroni skips it.
        var names = context.Snapshot.Members.Where(m => !m.Tags.NoStream).Select(m => SlotName.FromMember(m.Name)).Distinct()
            .Where(name => configuration.PermanentSlots.All(s => s.Name != name)).ToList();
        var key = PermanentSlotsKey.Of(configuration);
        return context.Propose(topic, AdviceStatus.Advice, current, string.Join(", ", names),
            $"Patroni {version} has no member_slots_ttl: the slot of a member that is away is dropped at the ttl, {Words.Duration(configuration.Ttl)}. "
            + "Permanent slots of the members' names stay; give them a limit with max_slot_wal_keep_size, or go to Patroni 4.",
            [.. names.Select(name => new Change([key, name, "type"], "physical"))]) with { Members = missing };
    }
}

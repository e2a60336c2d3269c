using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Advice.Rules;

/// <summary>Permanent slots that Patroni does not make: names that PostgreSQL does not take, the wrong place, or no slots at all.</summary>
internal sealed class PermanentSlotsRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = AdviceTopic.Patroni("Patroni docs/dynamic_configuration.rst: slots; patroni#3414, patroni#3415", "slots");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.Configuration is not { } configuration)
            return [context.Unknown(Topic, context.ConfigurationUnknown)];
        var key = PermanentSlotsKey.Of(configuration);
        var topic = Topic with { Key = [key] };
        var names = configuration.PermanentSlots.Select(s => s.Name).ToList();
        var problems = BadNames(context, topic, key, configuration, names).Concat(Misplaced(context, topic, key, configuration)).ToList();
        if (names.Count > 0 && !configuration.UseSlots)
            problems.Add(context.Propose(topic, AdviceStatus.Wrong, string.Join(", ", names), null, "Patroni makes no permanent slots while use_slots is off.", [Change.Postgresql("use_slots", true)]));
        return problems.Count > 0 ? problems : [context.Ok(topic, names.Count > 0 ? string.Join(", ", names) : "none", "Each has a name that PostgreSQL takes, and stands where Patroni looks.")];
    }

    private static IEnumerable<ConfigurationAdvice> BadNames(AdviceContext context, AdviceTopic topic, string key, DynamicConfiguration configuration, List<string> names)
    {
        foreach (var name in names.Where(n => !SlotName.IsValid(n)))
        {
            var better = SlotName.FromMember(name);
            var isUsable = SlotName.IsValid(better) && !names.Contains(better) && !IsRedacted(Value(configuration.Document, key, name));
            yield return context.Propose(topic, AdviceStatus.Wrong, name, isUsable ? better : null,
                $"Patroni skips '{name}': a slot's name has only lower-case letters, digits and underscores, and at most {SlotName.MaximumLength} of them.",
                isUsable ? [new Change([key, better], Value(configuration.Document, key, name)), new Change([key, name], null)] : [new Change([key, name], null)]);
        }
    }

    private static IEnumerable<ConfigurationAdvice> Misplaced(AdviceContext context, AdviceTopic topic, string key, DynamicConfiguration configuration)
    {
        if (Json.Property(configuration.Document, "postgresql") is not { } postgresql || Json.Property(postgresql, "slots") is not { ValueKind: JsonValueKind.Object } slots)
            yield break;
        var moved = slots.EnumerateObject().Where(s => SlotName.IsValid(s.Name) && configuration.PermanentSlots.All(p => p.Name != s.Name)).ToList();
        yield return context.Propose(topic with { Key = ["postgresql", "slots"] }, AdviceStatus.Wrong, string.Join(", ", slots.EnumerateObject().Select(s => s.Name)), $"under {key} at the top level",
            "Patroni does not look under postgresql.slots: these slots are not permanent, and are dropped when they are unused.",
            moved.Any(s => IsRedacted(s.Value)) ? [] : [.. moved.Select(s => new Change([key, s.Name], s.Value)), Change.Postgresql("slots", null)]);
    }

    private static JsonElement Value(JsonElement document, string key, string name) => document.GetProperty(key).GetProperty(name);

    // What was masked when it was read must not be written back.
    private static bool IsRedacted(JsonElement value) => value.GetRawText().Contains("***", StringComparison.Ordinal);
}

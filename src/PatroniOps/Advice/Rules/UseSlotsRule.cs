namespace PatroniOps.Advice.Rules;

/// <summary>use_slots: without slots a replica that is away for a little while may not find its WAL again.</summary>
internal sealed class UseSlotsRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = AdviceTopic.Patroni("Patroni docs/dynamic_configuration.rst: postgresql.use_slots", "postgresql", "use_slots");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.Configuration is not { } configuration)
            yield return context.Unknown(Topic, context.ConfigurationUnknown);
        else if (configuration.UseSlots)
            yield return context.Ok(Topic, "true", "Patroni keeps a slot for every replica.");
        else
            yield return context.Propose(Topic, AdviceStatus.Advice, "false", "true",
                "Without slots the primary recycles WAL whether or not a replica has it; only wal_keep_size and the archive are left.", [Change.Postgresql("use_slots", true)]);
    }
}

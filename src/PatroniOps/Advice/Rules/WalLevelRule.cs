namespace PatroniOps.Advice.Rules;

/// <summary>wal_level: replica for standbys and archives, logical for logical slots.</summary>
internal sealed class WalLevelRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = new("wal_level", "PostgreSQL, Write Ahead Log: wal_level", NeedsRestart: true);

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.LeaderSettings?.Values.GetValueOrDefault(Topic.Setting) is not { } level)
            yield return context.Unknown(Topic, context.LeaderUnknown);
        else if (level == "logical")
            yield return context.Ok(Topic, level, "Enough for standbys, archives and logical slots.");
        else if (context.Configuration is not { } configuration)
            yield return context.Unknown(Topic, context.ConfigurationUnknown, null, level);
        else if (configuration.PermanentSlots.Any(s => s.IsLogical))
            yield return context.Propose(Topic, AdviceStatus.Wrong, level, "logical", "A permanent slot is logical, and cannot be made at this level.", [Change.Parameter(Topic.Setting, "logical")]);
        else if (level == "minimal")
            yield return context.Propose(Topic, AdviceStatus.Wrong, level, "replica", "At this level neither standbys nor an archive can follow.", [Change.Parameter(Topic.Setting, "replica")]);
        else
            yield return context.Ok(Topic, level, "Enough for standbys and archives.");
    }
}

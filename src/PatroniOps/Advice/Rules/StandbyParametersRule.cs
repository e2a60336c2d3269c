using PatroniOps.Diagnosis;

namespace PatroniOps.Advice.Rules;

/// <summary>Parameters that a hot standby must not have lower than its primary: it would not start, or would pause its replay.</summary>
internal sealed class StandbyParametersRule : IAdviceRule
{
    private const string Source = "PostgreSQL, Hot Standby: Administrator's Overview (CheckRequiredParameterValues)";
    private static readonly string[] Names = ["max_connections", "max_worker_processes", "max_wal_senders", "max_prepared_transactions", "max_locks_per_transaction"];

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context) =>
        context.Snapshot.View.IsKnown && context.Snapshot.Members.All(m => m.IsLeader) && context.Snapshot.Leader is not null ? [] : Names.Select(name => Judge(context, name));

    private static ConfigurationAdvice Judge(AdviceContext context, string name)
    {
        var topic = new AdviceTopic(name, Source, NeedsRestart: true);
        if (context.LeaderSettings?.Number(name) is not { } primary)
            return context.Unknown(topic, context.LeaderUnknown);
        var facts = context.OnMembers(name, (m, _) => m.Postgres.Settings.Value!.Number(name) is { } own ? own >= primary : null, m => !m.IsLeader);
        var advice = context.FromMembers(topic, facts, AdviceStatus.Wrong, $"{primary}",
            $"No standby has less than the primary's {primary}.",
            $"less than the primary's {primary}: hot standby does not start with that, or pauses replay. Raise the standbys first.",
            [Change.Parameter(name, primary)]);
        return AwaitsRestart(context, name, primary, advice);
    }

    // The configuration says what is wanted already: then it is the standby's restart that is missing.
    private static ConfigurationAdvice AwaitsRestart(AdviceContext context, string name, long primary, ConfigurationAdvice advice)
    {
        if (advice.Status != AdviceStatus.Wrong || context.Configuration?.Parameters.GetValueOrDefault(name) != $"{primary}")
            return advice;
        return advice with
        {
            Reason = $"{advice.Reason} The configuration has the right value already: the standby needs a restart.",
            Command = null,
            NextCommand = context.Call("Restart-PatroniMember", $" -Member {string.Join(", ", advice.Members.Select(PowerShellText.Quote))}"),
        };
    }
}

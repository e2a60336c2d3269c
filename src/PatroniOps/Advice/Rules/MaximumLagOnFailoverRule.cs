using PatroniOps.Diagnosis;

namespace PatroniOps.Advice.Rules;

/// <summary>maximum_lag_on_failover: what an automatic failover may lose, without synchronous mode.</summary>
internal sealed class MaximumLagOnFailoverRule : IAdviceRule
{
    private const long Default = 1L << 20;
    private const long Large = 128L << 20;

    private static readonly AdviceTopic Topic = AdviceTopic.Patroni("Patroni docs/dynamic_configuration.rst: maximum_lag_on_failover", "maximum_lag_on_failover");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.Configuration is null)
        {
            yield return context.Unknown(Topic, context.ConfigurationUnknown);
            yield break;
        }
        var text = context.DynamicText(Topic.Setting);
        var bytes = text is null ? Default : SettingText.Bytes(text, 1);
        Change[] back = [Change.Of(Topic.Setting, Default)];
        if (bytes is not { } limit)
            yield return context.Unknown(Topic, "Not a number of bytes in the dynamic configuration.", context.Call("Get-PatroniConfiguration"), text);
        else if (limit <= 0)
            yield return context.Propose(Topic, AdviceStatus.Advice, text, $"{Default}", "A replica that lacks a single byte cannot become leader: the cluster may stay without one.", back);
        else if (limit > Large)
            yield return context.Propose(Topic, AdviceStatus.Advice, text, $"{Default}", $"An automatic failover may lose {Words.Bytes((long)limit)} of committed work.", back);
        else
            yield return context.Ok(Topic, text ?? $"{Default}", $"An automatic failover goes to a replica that lacks at most {Words.Bytes((long)limit)} of what the leader last published.");
    }
}

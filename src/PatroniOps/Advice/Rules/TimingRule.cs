using System.Globalization;
using PatroniOps.Diagnosis;

namespace PatroniOps.Advice.Rules;

/// <summary>ttl, loop_wait, retry_timeout: loop_wait + 2 * retry_timeout must fit into the ttl, and each has a minimum.</summary>
internal sealed class TimingRule : IAdviceRule
{
    private const string Source = "Patroni docs/dynamic_configuration.rst; patroni/config.py _validate_and_adjust_timeouts";

    private static readonly AdviceTopic Ttl = AdviceTopic.Patroni(Source, "ttl");

    private static readonly (AdviceTopic Topic, int Default, int Minimum)[] Settings =
    [
        (Ttl, 30, 20),
        (AdviceTopic.Patroni(Source, "loop_wait"), 10, 1),
        (AdviceTopic.Patroni(Source, "retry_timeout"), 10, 3),
    ];

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.Configuration is null)
            return Settings.Select(s => context.Unknown(s.Topic, context.ConfigurationUnknown));
        var seconds = Settings.Select(s => context.DynamicText(s.Topic.Setting) is { } text ? Seconds(text) : s.Default).ToList();
        return Settings.Select((s, i) => s.Topic == Ttl ? JudgeTtl(context, seconds, s.Minimum) : JudgeMinimum(context, s.Topic, seconds[i], s.Minimum));
    }

    private static ConfigurationAdvice JudgeMinimum(AdviceContext context, AdviceTopic topic, double? seconds, int minimum) => seconds switch
    {
        null => Unreadable(context, topic),
        var value when value < minimum => context.Propose(topic, AdviceStatus.Wrong, Text(value), Text(minimum),
            $"{topic.Setting} is below Patroni's minimum of {minimum} s; Patroni does not use it.", [Change.Of(topic.Setting, minimum)]),
        var value => context.Ok(topic, Text(value), $"Not below the minimum of {minimum} s."),
    };

    private static ConfigurationAdvice JudgeTtl(AdviceContext context, List<double?> seconds, int minimum)
    {
        if (seconds is not [{ } ttl, { } loop, { } retry])
            return Unreadable(context, Ttl);
        var need = loop + (2 * retry);
        var recommended = (int)Math.Ceiling(Math.Max(need, minimum));
        Evidence[] evidence = [new("loop_wait + 2 * retry_timeout", $"{Text(loop)} + 2 * {Text(retry)} = {Text(need)}", "GET /config")];
        if (ttl < minimum)
            return context.Propose(Ttl, AdviceStatus.Wrong, Text(ttl), Text(recommended), $"ttl is below Patroni's minimum of {minimum} s; Patroni does not use it.", [Change.Of("ttl", recommended)], evidence);
        return need <= ttl
            ? context.Ok(Ttl, Text(ttl), "loop_wait + 2 * retry_timeout fits into the ttl.", evidence)
            : context.Propose(Ttl, AdviceStatus.Wrong, Text(ttl), Text(recommended),
                $"loop_wait + 2 * retry_timeout is {Text(need)} s, more than the ttl: the leader can lose its key while it still retries, and a failover follows.", [Change.Of("ttl", recommended)], evidence);
    }

    private static ConfigurationAdvice Unreadable(AdviceContext context, AdviceTopic topic) =>
        context.Unknown(topic, "Not a number of seconds in the dynamic configuration.", context.Call("Get-PatroniConfiguration"), context.DynamicText(topic.Setting));

    private static double? Seconds(string text) => SettingText.Milliseconds(text, 1000) / 1000;

    private static string Text(double? seconds) => seconds?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}

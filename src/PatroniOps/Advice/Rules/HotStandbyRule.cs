namespace PatroniOps.Advice.Rules;

/// <summary>hot_standby: off, Patroni cannot ask a replica where it is.</summary>
internal sealed class HotStandbyRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = new("hot_standby", "Patroni docs/patroni_configuration.rst, Important rules; PostgreSQL, Replication: hot_standby", NeedsRestart: true);

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context) =>
    [
        context.FromMembers(Topic, context.OnMembers(Topic.Setting, (_, value) => value == "on"), AdviceStatus.Wrong, "on",
            "A standby answers queries, Patroni's among them.",
            "a standby takes no connections: Patroni cannot read its position, and it cannot take part in a failover.",
            [Change.Parameter(Topic.Setting, "on")]),
    ];
}

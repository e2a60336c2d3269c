namespace PatroniOps.Advice.Rules;

/// <summary>wal_sender_timeout: zero, a receiver that died is not noticed.</summary>
internal sealed class WalSenderTimeoutRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = new("wal_sender_timeout", "PostgreSQL, Replication: wal_sender_timeout");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context) =>
    [
        context.FromMembers(Topic, context.OnMembers(Topic.Setting, (_, value) => SettingText.Milliseconds(value, 1) is { } time ? time > 0 : null), AdviceStatus.Advice, "60s",
            "A receiver that no longer answers is dropped.",
            "a sender never gives up: a replica that died without a word counts as streaming, and its slot as active, until TCP notices.",
            [Change.Parameter(Topic.Setting, "60s")]),
    ];
}

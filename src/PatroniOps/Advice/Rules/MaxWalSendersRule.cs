using System.Globalization;
using PatroniOps.Postgres;

namespace PatroniOps.Advice.Rules;

/// <summary>max_wal_senders on every node: the replicas, other receivers, a base backup (two connections) and a reserve.</summary>
internal sealed class MaxWalSendersRule : IAdviceRule
{
    private const int BaseBackup = 2;
    private const int Reserve = 2;

    private static readonly AdviceTopic Topic = new("max_wal_senders", "PostgreSQL, Replication: max_wal_senders; pg_basebackup --wal-method=stream", NeedsRestart: true);

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        var members = context.Snapshot.Members;
        if (!context.Snapshot.View.IsKnown || context.Snapshot.Leader is not { } leader)
            return [context.Unknown(Topic, context.Snapshot.View.IsKnown ? context.LeaderUnknown : $"The members are not known: {context.Snapshot.View.Reason}")];
        if (leader.Postgres.Senders.Value is not { } senders || leader.Postgres.Slots.Value is not { } slots)
            return [context.Unknown(Topic, $"Who receives WAL from {leader.Name} was not read: {leader.Postgres.Senders.Reason ?? leader.Postgres.Slots.Reason}")];
        var replicas = members.Count - 1;
        var others = senders.Count(s => s.State != "backup" && members.All(m => m.Name != s.ApplicationName) && !IsMembers(slots, s, context)) + slots.Count(s => s is { Type: "logical", IsActive: false });
        var needed = replicas + others;
        var wanted = needed + BaseBackup + Reserve;
        var facts = context.OnMembers(Topic.Setting, (_, value) => Number(value) is { } number ? number >= wanted : null);
        var isWrong = context.Snapshot.Members.Any(m => m.Postgres.Settings.Value?.MaximumWalSenders < needed);
        var sum = $"{replicas} replicas + {others} other receivers + {BaseBackup} for a base backup + {Reserve} in reserve = {wanted}";
        return
        [
            context.FromMembers(Topic, facts, isWrong ? AdviceStatus.Wrong : AdviceStatus.Advice, wanted.ToString(CultureInfo.InvariantCulture),
                $"Enough: {sum}.",
                $"{(isWrong ? "fewer than the receivers that there are: one of them is refused when this node leads." : "a base backup or a receiver more is refused.")} {sum}.",
                [Change.Parameter(Topic.Setting, wanted)]),
        ];
    }

    // A stream that uses a member's slot is that member's, whatever it calls itself.
    private static bool IsMembers(IReadOnlyList<SlotRow> slots, SenderRow sender, AdviceContext context) =>
        sender.Pid is { } pid && slots.Any(s => s.ActivePid == pid && context.Snapshot.Members.Any(m => Patroni.SlotName.FromMember(m.Name) == s.Name));

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}

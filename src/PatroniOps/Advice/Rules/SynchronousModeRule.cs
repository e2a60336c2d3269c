using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Advice.Rules;

/// <summary>synchronous_mode: needs replicas that can be synchronous, and with synchronous_mode_strict one more than it waits for.</summary>
internal sealed class SynchronousModeRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = AdviceTopic.Patroni("Patroni docs/replication_modes.rst: synchronous mode", "synchronous_mode");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context) => [JudgeMode(context)];

    private static ConfigurationAdvice JudgeMode(AdviceContext context)
    {
        if (context.Configuration is not { } configuration)
            return context.Unknown(Topic, context.ConfigurationUnknown);
        var mode = context.DynamicText(Topic.Setting)?.ToLowerInvariant() ?? "off";
        if (mode is "off" or "false" or "no" or "0")
            return context.Ok(Topic, mode, "Asynchronous: a failover may lose up to maximum_lag_on_failover. That is a choice.");
        if (mode is not ("on" or "true" or "yes" or "1" or "quorum"))
            return context.Unknown(Topic, "Not a mode that is known here.", context.Call("Get-PatroniConfiguration"), mode);
        if (!context.Snapshot.View.IsKnown)
            return context.Unknown(Topic, $"The members are not known: {context.Snapshot.View.Reason}", null, mode);
        var count = Json.Integer(configuration.Document, "synchronous_node_count") ?? 1;
        return Judge(context, mode, Math.Max(1, count), Json.Flag(configuration.Document, "synchronous_mode_strict") ?? false);
    }

    private static ConfigurationAdvice Judge(AdviceContext context, string mode, long count, bool isStrict)
    {
        var able = context.Snapshot.Members.Where(CanBeSynchronous).Select(m => m.Name).ToList();
        Evidence[] evidence = [new("replicas that can be synchronous", $"{able.Count}: {string.Join(", ", able)}", "GET /cluster"), new("synchronous_node_count", $"{count}", "GET /config")];
        if (able.Count < count && isStrict)
            return context.Propose(Topic, AdviceStatus.Wrong, mode, null, $"synchronous_mode_strict waits for {count} and there are {able.Count}: commits wait for ever. Bring a replica back, or turn strict off.",
                [Change.Of("synchronous_mode_strict", false)], evidence);
        if (able.Count < count)
            return context.Propose(Topic, AdviceStatus.Advice, mode, null, $"It is to wait for {count} replicas and there are {able.Count}: commits are less safe than they look. Bring a replica back.", [], evidence)
                with { NextCommand = context.Call("Test-PatroniCluster") };
        if (able.Count == count && isStrict)
            return context.Propose(Topic, AdviceStatus.Advice, mode, null, "synchronous_mode_strict has no replica to spare: commits wait as soon as one is away. Add a replica.", [], evidence)
                with { NextCommand = context.Call("Test-PatroniCluster") };
        return context.Ok(Topic, mode, "There are enough replicas to wait for.", evidence);
    }

    private static bool CanBeSynchronous(MemberSnapshot member) =>
        !member.IsLeader && member.Listed is not null && !member.Tags.NoStream
        && member.Tags.Values.GetValueOrDefault("nosync")?.ToLowerInvariant() is not ("true" or "yes" or "on" or "1");
}

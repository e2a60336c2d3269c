using PatroniOps.Snapshots;

namespace PatroniOps.Advice;

/// <summary>Judges a cluster's configuration by all rules. Pure: the same snapshot and options give the same advice anywhere.</summary>
public static class ConfigurationJudge
{
    // Adding a rule is adding its file.
    private static readonly IReadOnlyList<IAdviceRule> Rules =
    [
        .. typeof(IAdviceRule).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IAdviceRule).IsAssignableFrom(t))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(t => (IAdviceRule)Activator.CreateInstance(t)!),
    ];

    /// <summary>One object a setting, the most urgent first.</summary>
    public static IReadOnlyList<ConfigurationAdvice> Judge(ClusterSnapshot snapshot, AdviceOptions? options = null)
    {
        var given = options ?? new AdviceOptions();
        var context = new AdviceContext(snapshot, given with { FreeDisk = given.FreeDisk.Or(snapshot) });
        return
        [
            .. Rules.SelectMany(rule => rule.Judge(context).Select(a => a with { Rule = NameOf(rule) }))
                .Select(a => a with { ConnectionId = snapshot.ConnectionId, Cluster = snapshot.Cluster })
                .OrderByDescending(a => a.Status)
                .ThenBy(a => a.Setting, StringComparer.Ordinal),
        ];
    }

    private static string NameOf(IAdviceRule rule) => rule.GetType().Name[..^"Rule".Length];
}

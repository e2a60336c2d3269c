using PatroniOps.Nodes;

namespace PatroniOps.Patroni;

/// <summary>One of Patroni's <c>create_replica_methods</c>, with the program that it runs.</summary>
/// <param name="Name">Its name, which is also its program when no command is given.</param>
/// <param name="Words">Program and arguments; null when the line is more than the call of one program.</param>
/// <remarks>Source: Patroni, patroni/postgresql/bootstrap.py create_replica, patroni/config.py: what the node's own file names wins, key by key.</remarks>
public sealed record ReplicaMethod(string Name, IReadOnlyList<string>? Words)
{
    /// <summary>Patroni's own pg_basebackup.</summary>
    public const string BaseBackup = "basebackup";

    private static readonly string[] Switches = ["command", "no_params", "no_master", "no_leader", "keep_data"];

    /// <summary>The methods that Patroni tries before its own pg_basebackup, in order: the first that succeeds makes the replica.</summary>
    /// <param name="node">The member's patroni.yml; null when it was not read.</param>
    /// <param name="cluster">The dynamic configuration; null when it was not read.</param>
    public static IReadOnlyList<ReplicaMethod> BeforeBaseBackup(PatroniConfigFile? node, DynamicConfiguration? cluster)
    {
        var names = node?.CreateReplicaMethods is { Count: > 0 } own ? own : cluster?.CreateReplicaMethods ?? [];
        return [.. names.TakeWhile(n => n != BaseBackup).Select(n => Of(n, node?.MethodOptions.GetValueOrDefault(n) ?? cluster?.MethodOptions.GetValueOrDefault(n)))];
    }

    // What a method's section has besides Patroni's own keys becomes an option of the program.
    private static ReplicaMethod Of(string name, IReadOnlyDictionary<string, string>? options) => new(name,
        ShellWords.Split(options?.GetValueOrDefault("command") ?? name) is { } words
            ? [.. words, .. (options ?? new Dictionary<string, string>()).Where(o => !Switches.Contains(o.Key)).Select(o => $"--{o.Key}={o.Value}")]
            : null);
}

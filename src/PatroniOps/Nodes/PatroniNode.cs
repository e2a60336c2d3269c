using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>A member as its own node shows it: its patroni.yml and where its data lies.</summary>
public sealed class PatroniNode
{
    private static readonly string[] UsualPaths = ["/etc/patroni/config.yml", "/etc/patroni/patroni.yml", "/etc/patroni.yml"];

    private PatroniNode(Node node, PatroniConfigFile configuration, string configurationPath, string dataDirectory, string owner, string group, ServiceOptions service)
    {
        Node = node;
        Configuration = configuration;
        ConfigurationPath = configurationPath;
        DataDirectory = dataDirectory;
        Owner = owner;
        Group = group;
        Service = new PatroniService(node, service);
        Files = new NodeFiles(node, owner);
    }

    public Node Node { get; }

    public PatroniConfigFile Configuration { get; }

    public string ConfigurationPath { get; }

    public string DataDirectory { get; }

    /// <summary>The user that owns the data directory, and PostgreSQL's.</summary>
    public string Owner { get; }

    public string Group { get; }

    public PatroniService Service { get; }

    /// <summary>Files with the rights of the data directory's owner.</summary>
    public NodeFiles Files { get; }

    /// <summary>Reads the node and proves that it is this member's.</summary>
    /// <param name="node">The node.</param>
    /// <param name="member">The member that it must be; null: whichever of the cluster's it is.</param>
    /// <param name="cluster">The cluster's name, Patroni's scope.</param>
    /// <param name="configurationPath">Its patroni.yml; null: where packages put it.</param>
    /// <param name="service">How Patroni is stopped and started there.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PatroniOpsException">It cannot be read, or it is another member's node.</exception>
    public static async Task<PatroniNode> OpenAsync(
        Node node, string? member, string cluster, string? configurationPath, ServiceOptions service, CancellationToken cancellationToken)
    {
        var (path, text) = await ConfigurationAsync(new NodeFiles(node), configurationPath is null ? UsualPaths : [configurationPath], cancellationToken).ConfigureAwait(false)
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"{node.Name}: there is no {configurationPath ?? "patroni.yml where packages put it"}: give -PatroniConfigPath.");
        using var reader = new StringReader(text);
        var configuration = PatroniConfigFile.Parse(reader, $"{node.Name}:{path}");
        if ((member is not null && configuration.Name != member) || configuration.Scope != cluster)
            throw new PatroniOpsException(FailureKind.Refused,
                $"{node.Name} is not the node of {member ?? $"a member of {cluster}"}: {path} is that of {configuration.Name ?? "no name"} in cluster {configuration.Scope ?? "without a name"}. Nothing was changed.");
        var data = configuration.DataDirectory
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"{node.Name}: {path} has no postgresql.data_dir.");
        var parent = await new NodeFiles(node, "root").FindAsync(data, cancellationToken).ConfigureAwait(false)
            ?? await new NodeFiles(node, "root").FindAsync(PathOf.Parent(data), cancellationToken).ConfigureAwait(false)
            ?? throw new PatroniOpsException(FailureKind.Refused, $"{node.Name}: neither {data} nor the directory above it is there.");
        return new PatroniNode(node, configuration, path, data.TrimEnd('/'), parent.Owner, parent.Group, service);
    }

    /// <summary>A program of PostgreSQL's, as the data directory's owner.</summary>
    public NodeCommand Program(string name, params IReadOnlyList<string> arguments) =>
        new(Configuration.BinDirectory is { } bin ? PathOf.Join(bin, name) : name, arguments) { RunAs = Owner };

    private static async Task<(string Path, string Text)?> ConfigurationAsync(NodeFiles files, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
            if (await files.ReadTextAsync(path, cancellationToken).ConfigureAwait(false) is { } text)
                return (path, text);
        return null;
    }
}

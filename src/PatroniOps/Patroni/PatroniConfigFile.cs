using System.Net;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PatroniOps.Patroni;

/// <summary>What a patroni.yml or patronictl.yaml tells about reaching the cluster.</summary>
/// <remarks>Source: Patroni, docs/yaml_configuration.rst and docs/patronictl.rst.</remarks>
public sealed record PatroniConfigFile
{
    private static readonly string[] UnreadableDcs = ["consul", "zookeeper", "exhibitor", "kubernetes", "raft"];

    public string? Scope { get; init; }

    /// <summary>The member's name; null in a patronictl.yaml.</summary>
    public string? Name { get; init; }

    /// <summary><c>postgresql.data_dir</c>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary><c>postgresql.bin_dir</c>; null: the programs are on the PATH.</summary>
    public string? BinDirectory { get; init; }

    /// <summary><c>postgresql.config_dir</c>; null: the data directory.</summary>
    public string? ConfigDirectory { get; init; }

    public NetworkCredential? ReplicationCredential { get; init; }

    public NetworkCredential? SuperuserCredential { get; init; }

    /// <summary><c>postgresql.create_replica_methods</c> in order; empty: not named here.</summary>
    public IReadOnlyList<string> CreateReplicaMethods { get; init; } = [];

    /// <summary>The sections of postgresql that have a command, by name: those of its own ways to make a replica.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> MethodOptions { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The role of pg_rewind; null: the superuser.</summary>
    public NetworkCredential? RewindCredential { get; init; }

    /// <summary>The DCS prefix, <c>/service/</c> by default.</summary>
    public string Namespace { get; init; } = "/service/";

    /// <summary>The member's own REST address; null in a patronictl.yaml.</summary>
    public Uri? RestAddress { get; init; }

    public NetworkCredential? RestCredential { get; init; }

    /// <summary>etcd's client addresses; empty when another DCS is configured.</summary>
    public IReadOnlyList<Uri> EtcdHosts { get; init; } = [];

    public NetworkCredential? EtcdCredential { get; init; }

    /// <summary>The DCS section's name when it is one that cannot be read from here.</summary>
    public string? OtherDcs { get; init; }

    public string? CertificateAuthorityPath { get; init; }

    public string? ClientCertificatePath { get; init; }

    public string? ClientKeyPath { get; init; }

    /// <summary>The file itself turns verification off (<c>ctl.insecure</c>).</summary>
    public bool IsInsecure { get; init; }

    /// <exception cref="PatroniOpsException">The file cannot be read, or is not such a file.</exception>
    public static PatroniConfigFile Read(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            return Parse(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{path}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <param name="reader">The YAML text.</param>
    /// <param name="path">Its name, for errors.</param>
    /// <exception cref="PatroniOpsException">It is no YAML mapping.</exception>
    public static PatroniConfigFile Parse(TextReader reader, string path)
    {
        try
        {
            return YamlText.Load(reader).Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? FromYaml(root)
                : throw new PatroniOpsException(FailureKind.NotConfigured, $"{path}: not a patroni.yml or patronictl.yaml.");
        }
        catch (YamlException e)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{path}: line {e.Start.Line}: not valid YAML.", e);
        }
    }

    private static PatroniConfigFile FromYaml(YamlMappingNode root)
    {
        var rest = Section(root, "restapi");
        var ctl = Section(root, "ctl");
        var etcd = Section(root, "etcd3") ?? Section(root, "etcd");
        var postgres = Section(root, "postgresql");
        var logins = Section(postgres, "authentication");
        var address = Text(rest, "connect_address") ?? Text(rest, "listen");
        var scheme = Text(rest, "certfile") is null ? "http" : "https";
        return new PatroniConfigFile
        {
            Scope = Text(root, "scope"),
            Name = Text(root, "name"),
            DataDirectory = Text(postgres, "data_dir"),
            BinDirectory = Text(postgres, "bin_dir"),
            ConfigDirectory = Text(postgres, "config_dir"),
            ReplicationCredential = Credential(Section(logins, "replication")),
            SuperuserCredential = Credential(Section(logins, "superuser")),
            RewindCredential = Credential(Section(logins, "rewind")),
            CreateReplicaMethods = Texts(Child(postgres, "create_replica_methods")) is { Count: > 0 } methods ? methods : Texts(Child(postgres, "create_replica_method")),
            MethodOptions = Methods(postgres),
            Namespace = Text(root, "namespace") ?? "/service/",
            RestAddress = address is null ? null : PatroniUri.Base($"{scheme}://{address}"),
            RestCredential = Credential(Section(ctl, "authentication") ?? Section(rest, "authentication")),
            EtcdHosts = Hosts(etcd),
            EtcdCredential = Credential(etcd),
            OtherDcs = etcd is null ? UnreadableDcs.FirstOrDefault(name => Child(root, name) is not null) : null,
            CertificateAuthorityPath = Text(ctl, "cacert") ?? Text(rest, "cafile"),
            ClientCertificatePath = Text(ctl, "certfile"),
            ClientKeyPath = Text(ctl, "keyfile"),
            IsInsecure = Text(ctl, "insecure")?.ToLowerInvariant() is "true" or "yes" or "on",
        };
    }

    // host: one; hosts: a list or a text with commas; url: with its scheme.
    private static IReadOnlyList<Uri> Hosts(YamlMappingNode? etcd)
    {
        if (etcd is null)
            return [];
        var scheme = Text(etcd, "protocol") is { } protocol ? $"{protocol}://" : "http://";
        var texts = Child(etcd, "hosts") switch
        {
            YamlSequenceNode items => items.Children.OfType<YamlScalarNode>().Select(s => s.Value ?? ""),
            YamlScalarNode text => (text.Value ?? "").Split(','),
            _ => [Text(etcd, "host") ?? Text(etcd, "url") ?? ""],
        };
        return [.. texts.Select(t => t.Trim()).Where(t => t.Length > 0)
            .Select(t => PatroniUri.Base(t.Contains("://", StringComparison.Ordinal) ? t : scheme + (t.Contains(':', StringComparison.Ordinal) ? t : t + ":2379"))).OfType<Uri>()];
    }

    private static IReadOnlyList<string> Texts(YamlNode? node) =>
        node is YamlSequenceNode items ? [.. items.Children.OfType<YamlScalarNode>().Select(s => s.Value ?? "").Where(t => t.Length > 0)] : [];

    // A key that is there with and without a tag is there twice to the reader: the last one counts, as it does to Patroni's.
    private static Dictionary<string, IReadOnlyDictionary<string, string>> Methods(YamlMappingNode? postgres) => postgres is null
        ? []
        : postgres.Children.Where(c => c.Key is YamlScalarNode && Text(c.Value as YamlMappingNode, "command") is not null)
            .GroupBy(c => ((YamlScalarNode)c.Key).Value ?? "").ToDictionary(g => g.Key, IReadOnlyDictionary<string, string> (g) => Scalars((YamlMappingNode)g.Last().Value));

    private static Dictionary<string, string> Scalars(YamlMappingNode section) =>
        section.Children.Where(c => c is { Key: YamlScalarNode, Value: YamlScalarNode })
            .GroupBy(c => ((YamlScalarNode)c.Key).Value ?? "").ToDictionary(g => g.Key, g => ((YamlScalarNode)g.Last().Value).Value ?? "");

    private static NetworkCredential? Credential(YamlMappingNode? section) =>
        Text(section, "username") is { } user && Text(section, "password") is { } password ? new NetworkCredential(user, password) : null;

    private static YamlNode? Child(YamlMappingNode? parent, string name) =>
        parent is not null && parent.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;

    private static YamlMappingNode? Section(YamlMappingNode? parent, string name) => Child(parent, name) as YamlMappingNode;

    private static string? Text(YamlMappingNode? parent, string name) => Child(parent, name) is YamlScalarNode { Value: { Length: > 0 } value } ? value : null;
}

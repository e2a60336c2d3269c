using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PatroniOps.Patroni;

/// <summary>How much a document says when every alias is replaced by what it stands for.</summary>
internal sealed class YamlSize
{
    private const long MostNodes = 100_000;

    private readonly Dictionary<YamlNode, long> sizes = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="YamlException">It is more than anybody writes.</exception>
    public static void Require(YamlNode root) => new YamlSize().Of(root);

    private long Of(YamlNode node)
    {
        if (sizes.TryGetValue(node, out var known))
            return known;
        var size = 1L;
        foreach (var part in Parts(node))
            if ((size += Of(part)) > MostNodes)
                throw new YamlException(node.Start, node.End, "its aliases stand for too much");
        return sizes[node] = size;
    }

    private static IEnumerable<YamlNode> Parts(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(c => (YamlNode[])[c.Key, c.Value]),
        YamlSequenceNode list => list.Children,
        _ => [],
    };
}

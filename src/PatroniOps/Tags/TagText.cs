using PatroniOps.Patroni;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PatroniOps.Tags;

/// <summary>
/// Changes the tags in the text of a patroni.yml and leaves every other character as it is, comments included. Pure. What comes out is read again and
/// compared: a text that cannot be changed so is refused.
/// </summary>
/// <remarks>Source: Patroni, docs/yaml_configuration.rst, section tags.</remarks>
public static class TagText
{
    private const string Section = "tags";

    /// <summary>The text with the changes; the same text when all is so already.</summary>
    /// <exception cref="PatroniOpsException">It is no patroni.yml, or its tags are written in a way that only a person can change.</exception>
    public static string Apply(string yaml, IReadOnlyList<TagChange> changes)
    {
        var before = Read(yaml);
        foreach (var change in changes)
            if (IsNeeded(Child(Read(yaml), Section) as YamlMappingNode, change))
                yaml = new TagEdit(yaml, Read(yaml)).Apply(change);
        Verify(before, yaml, changes);
        return yaml;
    }

    internal static YamlNode? Child(YamlMappingNode? parent, string name) =>
        parent is not null && parent.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;

    // False where nothing is set is so already.
    private static bool IsNeeded(YamlMappingNode? tags, TagChange change) => Child(tags, change.Name) is not { } node
        ? change.Value == true
        : change.Value is null || (node as YamlScalarNode)?.Value != change.Text;

    private static YamlMappingNode Read(string yaml)
    {
        try
        {
            using var reader = new StringReader(yaml);
            return YamlText.Load(reader).Documents is [{ RootNode: YamlMappingNode { Children.Count: > 0 } root }] ? root : throw Refused("it is not one YAML mapping that says anything.");
        }
        catch (YamlException e)
        {
            throw Refused($"line {e.Start.Line}: not valid YAML.");
        }
    }

    // What Patroni reads must be what was read before, but for the tags that were to change.
    private static void Verify(YamlMappingNode before, string yaml, IReadOnlyList<TagChange> changes)
    {
        var after = Read(yaml);
        foreach (var change in changes)
            if ((Child(Child(after, Section) as YamlMappingNode, change.Name) as YamlScalarNode)?.Value is var now && now != (change.Value is null || (now is null && change.Value == false) ? null : change.Text))
                throw Refused($"{change.Name} could not be set.");
        Strip(before, changes);
        Strip(after, changes);
        if (!before.Equals(after))
            throw Refused("something else would change with them: an anchor, or a key that is there twice.");
    }

    private static void Strip(YamlMappingNode root, IReadOnlyList<TagChange> changes)
    {
        if (Child(root, Section) is YamlMappingNode tags)
            foreach (var change in changes)
                tags.Children.Remove(new YamlScalarNode(change.Name));
        if (Child(root, Section) is null or YamlMappingNode { Children.Count: 0 } or YamlScalarNode { Value: "" or "~" or "null" })
            root.Children.Remove(new YamlScalarNode(Section));
    }

    internal static PatroniOpsException Refused(string why) => new(FailureKind.Refused, $"The tags cannot be changed by a program: {why} Nothing was changed. Edit the file by hand.");
}

using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace PatroniOps.Tags;

/// <summary>One change of one text, at the positions that the YAML reader gives.</summary>
internal sealed class TagEdit(string text, YamlMappingNode root)
{
    private static readonly YamlScalarNode SectionKey = new("tags");

    public string Apply(TagChange change) => Tags() switch
    {
        null => AddSection(change),
        { Anchor.IsEmpty: false } => throw TagText.Refused("they are shared with another part of the file by an anchor."),
        YamlMappingNode { Children.Count: 0 } or YamlScalarNode { Value: "" or "~" or "null" } => change.Value is null ? text : FillSection(change),
        YamlMappingNode tags => TagText.Child(tags, change.Name) is { } value ? Change(tags, value, change) : Add(tags, change),
        _ => throw TagText.Refused("they are no mapping."),
    };

    private YamlNode? Tags() => TagText.Child(root, "tags");

    private string Change(YamlMappingNode tags, YamlNode value, TagChange change)
    {
        if (value is not YamlScalarNode { Anchor.IsEmpty: true } scalar)
            throw TagText.Refused($"{change.Name} is no plain value.");
        if (change.Value is null)
            return Remove(tags, change.Name);
        var (start, end) = Range(scalar);
        return start == end
            ? text.Insert(AfterColon(Key(tags, change.Name)), $" {change.Text}")
            : Replace(start, end, change.Text);
    }

    private string Add(YamlMappingNode tags, TagChange change)
    {
        var first = tags.Children.Keys.First();
        var at = (int)first.Start.Index;
        return text.Insert(at, IsFlow(tags) ? $"{Entry(change)}, " : $"{Entry(change)}{NewLine}{Indent(at)}");
    }

    // There are none yet: they go before the first key, where the indentation is known.
    private string AddSection(TagChange change)
    {
        var at = (int)root.Children.Keys.First().Start.Index;
        return text.Insert(at, IsFlow(root)
            ? $"{Quoted("tags")}: {{{Entry(change)}}}, "
            : $"{Quoted("tags")}:{NewLine}{Indent(at)}  {Entry(change)}{NewLine}{Indent(at)}");
    }

    // Empty, as {} or as nothing at all.
    private string FillSection(TagChange change)
    {
        // The reader gives a mapping's first character alone.
        var (start, end) = Tags() is YamlMappingNode map ? ((int)map.Start.Index, text.IndexOf('}', (int)map.Start.Index) + 1) : Range((YamlScalarNode)Tags()!);
        var filled = $"{{{Entry(change)}}}";
        return start == end ? text.Insert(AfterColon(root.Children.Keys.First(k => k.Equals(SectionKey))), $" {filled}") : Replace(start, end, filled);
    }

    // The last one leaves {}: Patroni cannot read tags that are nothing.
    private string Remove(YamlMappingNode tags, string name)
    {
        var entries = tags.Children.ToList();
        var index = entries.FindIndex(e => e.Key is YamlScalarNode { Value: { } key } && key == name);
        var start = (int)entries[index].Key.Start.Index;
        var end = End(entries[index].Value, entries[index].Key);
        if (entries.Count == 1)
            return IsFlow(tags) ? Replace(start, end, "") : Replace(start, end, "{}");
        if (!IsFlow(tags))
            return RemoveLine(start, end);
        return index + 1 < entries.Count
            ? Replace(start, (int)entries[index + 1].Key.Start.Index, "")
            : Replace(End(entries[index - 1].Value, entries[index - 1].Key), end, "");
    }

    // With the comment behind it, which is about it.
    private string RemoveLine(int start, int end)
    {
        var begin = start;
        while (begin > 0 && text[begin - 1] != '\n')
            begin--;
        var next = text.IndexOf('\n', end);
        var line = text[end..(next < 0 ? text.Length : next)].Trim();
        if (text[begin..start].Trim().Length > 0 || (line.Length > 0 && line[0] != '#'))
            throw TagText.Refused("there is more than one on a line.");
        return Replace(begin, next < 0 ? text.Length : next + 1, "");
    }

    private string Entry(TagChange change) => $"{Quoted(change.Name)}: {change.Text}";

    // A file that is JSON stays JSON.
    private string Quoted(string key) => root.Children.Keys.First() is YamlScalarNode { Style: ScalarStyle.DoubleQuoted } ? $"\"{key}\"" : key;

    private string Replace(int start, int end, string with) => string.Concat(text.AsSpan(0, start), with, text.AsSpan(end));

    private int AfterColon(YamlNode key) => text.IndexOf(':', (int)key.End.Index) + 1;

    private int End(YamlNode value, YamlNode key) => value is YamlScalarNode scalar && Range(scalar) is var (start, end) && start != end ? end : AfterColon(key);

    // A value that is not written at all has its place elsewhere.
    private static (int Start, int End) Range(YamlScalarNode scalar) => ((int)scalar.Start.Index, (int)scalar.End.Index);

    private static YamlNode Key(YamlMappingNode map, string name) => map.Children.Keys.First(k => k is YamlScalarNode { Value: { } key } && key == name);

    private static bool IsFlow(YamlMappingNode map) => map.Style == MappingStyle.Flow;

    private string NewLine => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private string Indent(int at)
    {
        var begin = at;
        while (begin > 0 && text[begin - 1] != '\n')
            begin--;
        return new string(' ', at - begin);
    }
}

using CsCheck;
using PatroniOps.Patroni;
using PatroniOps.Tags;
using YamlDotNet.RepresentationModel;

namespace PatroniOps.Tests.Tags;

public sealed class TagTextTests
{
    private static readonly TagChange On = new("nofailover", true);
    private static readonly TagChange Off = new("nofailover", false);
    private static readonly TagChange Out = new("nofailover", null);

    public static TheoryData<string, string, string> Set => new()
    {
        { "block", "scope: a\ntags:\n    # why\n    clonefrom: true # x\n", "scope: a\ntags:\n    # why\n    nofailover: true\n    clonefrom: true # x\n" },
        { "block, there", "tags:\n  nofailover: false # x\n  a: b\nscope: a", "tags:\n  nofailover: true # x\n  a: b\nscope: a" },
        { "block, quoted", "tags:\n  nofailover: 'no'\n", "tags:\n  nofailover: true\n" },
        { "block, no value", "tags:\n  nofailover: # x\n  a: b\n", "tags:\n  nofailover: true # x\n  a: b\n" },
        { "empty flow", "scope: a\ntags: {} # none\n", "scope: a\ntags: {nofailover: true} # none\n" },
        { "flow", "tags: { a: 1, b: 2 }\nscope: a\n", "tags: { nofailover: true, a: 1, b: 2 }\nscope: a\n" },
        { "flow, there", "tags: {a: 1, nofailover: no}\n", "tags: {a: 1, nofailover: true}\n" },
        { "nothing", "tags: # none\nscope: a\n", "tags: {nofailover: true} # none\nscope: a\n" },
        { "null", "tags: ~\nscope: a\n", "tags: {nofailover: true}\nscope: a\n" },
        { "absent", "# the file\nscope: a\npostgresql:\n  x: |\n    text\n", "# the file\ntags:\n  nofailover: true\nscope: a\npostgresql:\n  x: |\n    text\n" },
        { "JSON", """{"scope": "a", "tags": {}}""", """{"scope": "a", "tags": {"nofailover": true}}""" },
        { "JSON, others", """{"tags": {"a": 1}}""", """{"tags": {"nofailover": true, "a": 1}}""" },
        { "JSON, absent", """{"scope": "a"}""", """{"tags": {"nofailover": true}, "scope": "a"}""" },
        { "carriage returns", "scope: \u00e4\ud83d\ude00\r\ntags:\r\n  a: 1\r\n", "scope: \u00e4\ud83d\ude00\r\ntags:\r\n  nofailover: true\r\n  a: 1\r\n" },
        { "byte order mark", "\ufeffscope: a\ntags: {}\n", "\ufeffscope: a\ntags: {nofailover: true}\n" },
        { "document start", "---\nscope: a\ntags:\n  a: 1\n...\n", "---\nscope: a\ntags:\n  nofailover: true\n  a: 1\n...\n" },
        { "another tags", "bootstrap:\n  tags:\n    a: 1\ntags:\n  a: 1\n", "bootstrap:\n  tags:\n    a: 1\ntags:\n  nofailover: true\n  a: 1\n" },
    };

    [Theory]
    [MemberData(nameof(Set))]
    public void A_tag_is_set_and_nothing_else_changes(string style, string before, string after)
    {
        _ = style;
        Assert.Equal(after, TagText.Apply(before, [On]));
        // Once more is no change.
        Assert.Equal(after, TagText.Apply(after, [On]));
    }

    [Theory]
    [InlineData("tags:\n  # why\n  nofailover: true # x\n  a: 1\n", "tags:\n  # why\n  a: 1\n")]
    [InlineData("tags:\n  a: 1\n  nofailover: true", "tags:\n  a: 1\n")]
    [InlineData("tags:\n  nofailover: true # x\nscope: a\n", "tags:\n  {} # x\nscope: a\n")]
    [InlineData("tags: {nofailover: true}\n", "tags: {}\n")]
    [InlineData("tags: { nofailover: true, a: 1 }\n", "tags: { a: 1 }\n")]
    [InlineData("tags: {a: 1, nofailover: true}\n", "tags: {a: 1}\n")]
    [InlineData("""{"tags": {"nofailover": true, "a": 1}}""", """{"tags": {"a": 1}}""")]
    [InlineData("tags:\n  a: 1\n", "tags:\n  a: 1\n")]
    [InlineData("scope: a\n", "scope: a\n")]
    public void A_tag_is_taken_out(string before, string after) => Assert.Equal(after, TagText.Apply(before, [Out]));

    [Theory]
    [InlineData("tags:\n  nofailover: true\n", "tags:\n  nofailover: false\n")]
    [InlineData("tags: {}\n", "tags: {}\n")]
    [InlineData("scope: a\n", "scope: a\n")]
    public void False_is_written_only_where_something_stood(string before, string after) => Assert.Equal(after, TagText.Apply(before, [Off]));

    [Theory]
    [InlineData("- a\n")]
    [InlineData("{}")]
    [InlineData("{} # nothing\n")]
    [InlineData("tags: [a]\n")]
    [InlineData("tags: text\n")]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("a: 'x\n")]
    [InlineData("tags:\n  nofailover: [1]\n")]
    [InlineData("common: &c {a: 1}\ntags: *c\n")]
    [InlineData("yes: &y false\ntags:\n  nofailover: *y\n")]
    [InlineData("tags:\n  nofailover: &y false\nother: *y\n")]
    public void What_only_a_person_can_change_is_refused(string yaml) =>
        Assert.Equal(FailureKind.Refused, Assert.Throws<PatroniOpsException>(() => TagText.Apply(yaml, [On])).Kind);

    [Fact]
    public void Whatever_the_file_looks_like_only_the_tag_changes_and_taking_it_out_gives_it_back() => Files.Sample(yaml =>
    {
        var changed = TagText.Apply(yaml, [On, new("noloadbalance", true)]);
        var tags = (YamlMappingNode)Read(changed).Children[new YamlScalarNode("tags")];
        Assert.Equal(["true", "true"], new[] { "nofailover", "noloadbalance" }.Select(t => ((YamlScalarNode)tags.Children[new YamlScalarNode(t)]).Value));
        // Every line that was there is there still, in order.
        var left = new Queue<string>(changed.Split('\n'));
        Assert.All(yaml.Split('\n').Where(l => !l.StartsWith("tags:", StringComparison.Ordinal)), line =>
        {
            while (left.Count > 0 && left.Peek() != line)
                left.Dequeue();
            Assert.True(left.Count > 0, $"'{line}' is gone:\n{changed}");
        });
        if (yaml.Contains("\ntags: {", StringComparison.Ordinal) || yaml.Contains("\ntags:\n  ", StringComparison.Ordinal))
            Assert.Equal(yaml, TagText.Apply(changed, [Out, new("noloadbalance", null)]));
    }, iter: 500);

    // A file of sections, comments and tags in the styles that people and programs write.
    private static readonly Gen<string> Files =
        from sections in Gen.OneOf("name: n # it's", "# a comment: {", "etcd3:\n  hosts: [a, 'b: c', \"d\"]", "postgresql:\n  parameters:\n    archive_command: 'test ! -f /a/%f && cp %p /a/%f'", "", "log: {level: INFO, x: '}'}").Array[0, 6]
        from tags in Gen.OneOf("tags: {}", "tags: {clonefrom: true}", "tags:\n  clonefrom: true # c\n  # last", "tags:\n      a: 'x # y'\n      b: {c: [1, 2]}", "tags:", "other: 1")
        from at in Gen.Int[0, 6]
        let lines = sections.DistinctBy(s => s.Split(':')[0]).ToList()
        select string.Join('\n', ["scope: s", .. lines.Take(at), tags, .. lines.Skip(at), ""]);

    private static YamlMappingNode Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}

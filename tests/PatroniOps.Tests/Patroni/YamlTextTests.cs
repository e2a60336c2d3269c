using PatroniOps.Patroni;
using PatroniOps.Tags;

namespace PatroniOps.Tests.Patroni;

/// <summary>YAML that the library does not bear: by an exception of another kind, by the stack's end, or by never ending.</summary>
public sealed class YamlTextTests
{
    public static TheoryData<string, string> Unbearable => new()
    {
        { "a scalar behind a brace that stays open", "#\n: {\nt" },
        { "a value without a key", " : d" },
        { "nested lists", $"a: {new string('[', 200_000)}" },
        { "nested mappings", $"a: {string.Concat(Enumerable.Repeat("{b: ", 50_000))}" },
        { "an alias that stands for itself", "tags: &a [x, *a]\n" },
        { "an alias before its anchor, as a key", "*a : 1\nb: &a x\n*a : 2\n" },
        { "aliases that stand for too much", Aliases() },
    };

    [Theory]
    [MemberData(nameof(Unbearable))]
    public void It_is_refused(string what, string yaml)
    {
        _ = what;
        using var reader = new StringReader(yaml);
        Assert.Equal(FailureKind.NotConfigured, Assert.Throws<PatroniOpsException>(() => PatroniConfigFile.Parse(reader, "patroni.yml")).Kind);
        Assert.Equal(FailureKind.Refused, Assert.Throws<PatroniOpsException>(() => TagText.Apply(yaml, [new TagChange(TagNames.NoFailover, true)])).Kind);
    }

    [Fact]
    public void What_is_written_with_and_without_a_tag_counts_once_and_anchors_are_no_obstacle()
    {
        using var reader = new StringReader("postgresql:\n  m: &m {command: a, x: 1, !!str x: 2}\n  !!str m: {command: b}\n  n: *m\n");
        var methods = PatroniConfigFile.Parse(reader, "patroni.yml").MethodOptions;

        Assert.Equal(["m", "n"], methods.Keys.Order());
        Assert.Equal(("b", "2"), (methods["m"]["command"], methods["n"]["x"]));
    }

    // 2^40 scalars in forty lines.
    private static string Aliases() => "a0: &a0 x\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n"));
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using PatroniOps.Steering;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Steering;

public sealed class MergePatchTests
{
    private static readonly Gen<string> Keys = Any("a", "b", "c", "x.y");

    /// <summary>RFC 7396, appendix A.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void It_is_the_merge_patch_of_the_RFC(string document, string patch, string expected) =>
        Assert.Equal(expected, MergePatch.Apply(JsonText.Parse(document), JsonText.Parse(patch)).GetRawText());

    [Fact]
    public void What_is_sent_does_the_same_as_what_was_given() => Gen.Select(Documents, Objects(3)).Sample((document, patch) =>
    {
        var reduced = MergePatch.Reduce(document, patch);
        var after = MergePatch.Apply(document, patch);
        Assert.True(Same(after, MergePatch.Apply(document, reduced)), $"{document} + {patch}: {reduced}");
        // As Patroni 3.0.2 does it, which keeps nulls below new keys.
        Assert.True(Same(after, PatronisOwn(document, reduced)), $"{document} + {patch}: {reduced}");
        Assert.Empty(ConfigurationChange.Between(after, patch));
    }, iter: 20000);

    [Fact]
    public void The_changes_told_are_all_that_differs() => Gen.Select(Documents, Objects(3)).Sample((document, patch) =>
    {
        var changes = ConfigurationChange.Between(document, patch);
        Assert.Equal(changes.Count == 0, Same(document, MergePatch.Apply(document, patch)));
        Assert.All(changes, c => Assert.True(c.Old != c.New || c.Old is not null, c.ToString()));
    }, iter: 20000);

    [Fact]
    public void Settings_are_told_one_by_one() => Assert.Equal(
        ["postgresql.parameters.wal_keep_size: 16MB -> 2GB", "postgresql.use_slots: (not set) -> true", "slots.app: {\"type\":\"physical\"} -> (taken out)", "ttl: 20 -> 30"],
        Between("""{"ttl":20,"loop_wait":2,"slots":{"app":{"type":"physical"},"b":{}},"postgresql":{"parameters":{"wal_keep_size":"16MB"}}}""",
            """{"ttl":30,"loop_wait":2,"slots":{"app":null},"postgresql":{"use_slots":true,"parameters":{"wal_keep_size":"2GB"}}}"""));

    [Fact]
    public void A_secret_is_told_to_change_and_not_told() => Assert.Equal(
        ["postgresql.parameters.primary_conninfo: host=a password=*** -> host=a password=***", "postgresql.superuser.password: *** -> ***"],
        Between("""{"postgresql":{"superuser":{"password":"one"},"parameters":{"primary_conninfo":"host=a password=one"}}}""",
            """{"postgresql":{"superuser":{"password":"two"},"parameters":{"primary_conninfo":"host=a password=two"}}}"""));

    private static IEnumerable<string> Between(string document, string patch) => ConfigurationChange.Between(JsonText.Parse(document), JsonText.Parse(patch)).Select(c => c.ToString());

    private static bool Same(JsonElement left, JsonElement right) => JsonNode.DeepEquals(JsonNode.Parse(left.GetRawText()), JsonNode.Parse(right.GetRawText()));

    private static JsonElement PatronisOwn(JsonElement document, JsonElement patch)
    {
        var config = JsonNode.Parse(document.GetRawText())!.AsObject();
        Patch(config, JsonNode.Parse(patch.GetRawText())!.AsObject());
        return JsonText.Parse(config.ToJsonString());
    }

    private static void Patch(JsonObject config, JsonObject data)
    {
        foreach (var (name, value) in data)
            if (value is null)
                config.Remove(name);
            else if (config[name] is JsonObject inner && value is JsonObject below)
                Patch(inner, below);
            else
                config[name] = value.DeepClone();
    }

    // As Patroni holds them: without nulls.
    private static Gen<JsonElement> Documents => Objects(3).Select(d => MergePatch.Apply(JsonText.Parse("{}"), d));

    private static Gen<JsonElement> Objects(int depth) => Node(depth).Select(n => JsonText.Parse((n as JsonObject ?? new JsonObject()).ToJsonString()));

    private static Gen<JsonNode?> Node(int depth)
    {
        var scalar = Gen.OneOf(Gen.Int[0, 2].Select(i => (JsonNode?)JsonValue.Create(i)), Any<string?>("x", "y", null).Select(s => (JsonNode?)s));
        if (depth == 0)
            return scalar;
        var entries = Gen.Select(Keys, Node(depth - 1)).Array[0, 4].Select(pairs =>
        {
            var result = new JsonObject();
            foreach (var (key, value) in pairs)
                result[key] = value?.DeepClone();
            return (JsonNode?)result;
        });
        return depth == 3 ? entries : Gen.OneOf(scalar, entries, entries);
    }

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}

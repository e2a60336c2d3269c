using System.Text;

namespace PatroniOps.Fuzz.Mutation;

/// <summary>Changes YAML: what any text can have, and indentation, anchors, tags, types, directives and nesting.</summary>
/// <param name="seeds">Real files.</param>
public sealed class YamlMutator(IReadOnlyList<string> seeds)
{
    private static readonly string[] Words =
    [
        "&a ", "*a", "*parameters", "&a &b ", "!!str ", "!!int ", "!!binary ", "!!map ", "!x!y ", "!<tag:x> ", "|", "|9", ">-", "? ", "- ", "-- ", "---", "...", "%YAML 1.2", "%TAG ! !x", "<<: *parameters", "<<: [*a, *b]",
        "{", "}", "[", "]", "{}", "[]", "{a: ", ": ", " #", "@", "`", "'", "\"", "\"\\x\"", "\"\\ud800\"", "\"\\U00110000\"", "\t", "\u0085", "\u2028", "scope", "name", "tags:", "postgresql:", "~", "null: null", "? {a: b}", ": c",
    ];

    private readonly TextMutator texts = new(seeds, Words);

    public byte[] Make(FuzzRandom random) => random.Below(40) switch
    {
        0 => Nested(random),
        1 => Aliases(random),
        _ => texts.Make(random),
    };

    private static byte[] Nested(FuzzRandom random)
    {
        var opening = random.Pick(["[", "{a: ", "- ", "? ", "[{a: ", "{? ", "&a [", "!!seq ["]);
        var text = new StringBuilder("scope: demo\npostgresql:\n  x: ").Insert(0, "# \n", random.Below(3));
        var depth = random.Pick([10, 99, 101, 500, 20000]);
        for (var i = 0; i < depth; i++)
            text.Append(opening);
        return Encoding.UTF8.GetBytes(text.Append('x').ToString());
    }

    // Each name stands for two of the one before.
    private static byte[] Aliases(FuzzRandom random)
    {
        var text = new StringBuilder("a0: &a0 [x, y]\n");
        for (var i = 1; i <= random.Below(30); i++)
            text.Append($"a{i}: &a{i} [*a{i - 1}, *a{(random.OneIn(9) ? i : i - 1)}]\n");
        return Encoding.UTF8.GetBytes(text.Append("tags: *a1\npostgresql:\n  create_replica_methods: *a0\n").ToString());
    }
}

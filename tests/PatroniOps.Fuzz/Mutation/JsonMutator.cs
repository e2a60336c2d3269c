using System.Text;
using System.Text.Json;

namespace PatroniOps.Fuzz.Mutation;

/// <summary>
/// Writes real JSON with changes that are JSON: other types, members that are missing or there twice, names that are none, numbers and texts beyond every
/// border, deep nesting, parts of other documents; and now and then with changes that are not.
/// </summary>
public sealed class JsonMutator
{
    // As the reader takes them: what is no text to .NET is a valid escape to JSON.
    private static readonly string[] Scalars =
    [
        "null", "true", "false", "[]", "{}", "[[1,2]]", "[1,\"a\",null]", "[null]", "{\"\":null}", "\"\\ud800\"", "\"\\udc00a\"", "\"a\\ud83d\"", "\"\\u0000\"", "{\"\\ud800\":1}", "{\"\\ud83d\":{\"state\":\"running\"}}",
        "0", "-0", "-1", "0.0", "1e0", "1.5", "1e308", "1e999", "-1e999", "1E-999", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616", new('9', 400), "99999999999999",
        .. HostileText.Words.Select(w => JsonSerializer.Serialize(w)),
    ];

    private static readonly string[] Names = ["\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\udbff\\udbff\"", "\"__proto__\"", "\"a.b\"", "\"$type\"", "\"$id\"", "\"$ref\"", "\"\\u006e\\u0061\\u006d\\u0065\"", $"\"{new string('n', 3000)}\""];

    private readonly JsonNode[] seeds;
    private readonly JsonNode[] parts;
    private readonly string[] names;

    /// <param name="seeds">Real documents.</param>
    public JsonMutator(IEnumerable<string> seeds)
    {
        this.seeds = [.. seeds.Select(Parse)];
        parts = [.. this.seeds.SelectMany(s => s.All()).DistinctBy(n => (n.Text, n.Members, n.Items))];
        names = [.. parts.SelectMany(p => p.Members ?? []).Select(m => m.Name).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0)
            names = Names;
    }

    public byte[] Make(FuzzRandom random)
    {
        var text = new StringBuilder();
        Write(text, random);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return random.OneIn(12) ? ByteMutator.Change(bytes, random) : bytes;
    }

    /// <summary>One document at the end of a text.</summary>
    public void Write(StringBuilder text, FuzzRandom random)
    {
        var seed = random.Pick(seeds);
        var places = new HashSet<int>();
        for (var times = random.Below(5); times > 0; times--)
            places.Add(random.Below(seed.Count));
        var at = 0;
        Write(text, seed, places, ref at, random);
    }

    private void Write(StringBuilder text, JsonNode node, HashSet<int> places, ref int at, FuzzRandom random)
    {
        if (places.Contains(at++))
        {
            at += node.Count - 1;
            Replace(text, node, random);
        }
        else if (node.Members is { } members)
            WriteMembers(text, members, places, ref at, random);
        else if (node.Items is { } items)
            WriteItems(text, items, places, ref at, random);
        else
            text.Append(node.Text);
    }

    private void WriteMembers(StringBuilder text, IReadOnlyList<(string Name, JsonNode Value)> members, HashSet<int> places, ref int at, FuzzRandom random)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var (name, value) in members)
        {
            var isPlace = places.Contains(at);
            if (isPlace && random.OneIn(4))
            {
                at += value.Count;
                continue;
            }
            text.Append(isFirst ? "" : ",").Append(isPlace && random.OneIn(4) ? Name(random) : name).Append(':');
            isFirst = false;
            Write(text, value, places, ref at, random);
            // A member that is there twice, of another value.
            if (isPlace && random.OneIn(6))
                text.Append(',').Append(name).Append(':').Append(random.Pick(Scalars));
        }
        text.Append('}');
    }

    private void WriteItems(StringBuilder text, IReadOnlyList<JsonNode> items, HashSet<int> places, ref int at, FuzzRandom random)
    {
        text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            Write(text, items[i], places, ref at, random);
        }
        text.Append(']');
    }

    private void Replace(StringBuilder text, JsonNode node, FuzzRandom random)
    {
        switch (random.Below(12))
        {
            case 0:
                text.Append('[');
                node.AppendTo(text);
                text.Append(']');
                break;
            case 1:
                text.Append('{').Append(Name(random)).Append(':');
                node.AppendTo(text);
                text.Append('}');
                break;
            case 2 or 3 or 4:
                random.Pick(parts).AppendTo(text);
                break;
            case 5 when random.OneIn(20):
                Deep(text, random);
                break;
            case 6 when random.OneIn(4):
                Many(text, node, random);
                break;
            default:
                text.Append(random.Pick(Scalars));
                break;
        }
    }

    private static void Deep(StringBuilder text, FuzzRandom random)
    {
        var depth = random.Pick([10, 60, 63, 64, 65, 200, 5000]);
        var isObject = random.OneIn(2);
        text.Insert(text.Length, isObject ? "{\"a\":" : "[", depth).Append('1').Insert(text.Length, isObject ? "}" : "]", depth);
    }

    private static void Many(StringBuilder text, JsonNode node, FuzzRandom random)
    {
        if (node.Count > 20)
        {
            node.AppendTo(text);
            return;
        }
        text.Append('[');
        for (var left = random.Below(200); left >= 0; left--)
        {
            node.AppendTo(text);
            text.Append(left == 0 ? "" : ",");
        }
        text.Append(']');
    }

    private string Name(FuzzRandom random) => random.Pick(random.OneIn(2) ? names : Names);

    private static JsonNode Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonNode.Of(document.RootElement);
    }
}

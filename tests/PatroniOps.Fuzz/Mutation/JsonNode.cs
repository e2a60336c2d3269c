using System.Text;
using System.Text.Json;

namespace PatroniOps.Fuzz.Mutation;

/// <summary>A JSON value that is written anew with changes: an object with its members, an array with its items, or the text of anything else.</summary>
internal sealed record JsonNode(string? Text, IReadOnlyList<(string Name, JsonNode Value)>? Members, IReadOnlyList<JsonNode>? Items)
{
    /// <summary>This value and all below it.</summary>
    public int Count { get; } = 1 + (Members?.Sum(m => m.Value.Count) ?? Items?.Sum(i => i.Count) ?? 0);

    public static JsonNode Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new(null, [.. element.EnumerateObject().Select(m => (JsonSerializer.Serialize(m.Name), Of(m.Value)))], null),
        JsonValueKind.Array => new(null, null, [.. element.EnumerateArray().Select(Of)]),
        _ => new(element.GetRawText(), null, null),
    };

    public IEnumerable<JsonNode> All() => (Members?.Select(m => m.Value) ?? Items ?? []).SelectMany(v => v.All()).Prepend(this);

    /// <summary>Writes it as it is.</summary>
    public void AppendTo(StringBuilder text)
    {
        if (Members is null && Items is null)
        {
            text.Append(Text);
            return;
        }
        var isFirst = true;
        text.Append(Members is null ? '[' : '{');
        foreach (var (name, value) in Members ?? Items!.Select(i => (Name: "", Value: i)))
        {
            text.Append(isFirst ? "" : ",").Append(name).Append(Members is null ? "" : ":");
            value.AppendTo(text);
            isFirst = false;
        }
        text.Append(Members is null ? ']' : '}');
    }
}

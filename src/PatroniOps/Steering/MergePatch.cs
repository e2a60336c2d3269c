using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Steering;

/// <summary>JSON merge patches: objects are merged, null deletes, anything else replaces. Pure.</summary>
/// <remarks>Source: RFC 7396. Patroni's own PATCH differs in one thing (patroni/utils.py patch_config): below a key that was not there it keeps the nulls.</remarks>
internal static class MergePatch
{
    /// <summary>The document after the patch.</summary>
    public static JsonElement Apply(JsonElement document, JsonElement patch) => Element(Merge(document, patch));

    /// <summary>
    /// What of the patch changes the document, without nulls below new keys, so that Patroni and RFC 7396 make the same of it; an empty object
    /// when nothing does.
    /// </summary>
    public static JsonElement Reduce(JsonElement document, JsonElement patch) => Element(Reduced(document, patch));

    /// <summary>The deepest places that the patch touches, each as the keys from the top.</summary>
    public static IEnumerable<IReadOnlyList<string>> Places(JsonElement patch)
    {
        foreach (var property in patch.EnumerateObject())
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.EnumerateObject().Any())
                foreach (var below in Places(property.Value))
                    yield return [property.Name, .. below];
            else
                yield return [property.Name];
    }

    /// <summary>The value at a place; null when there is none.</summary>
    public static JsonElement? At(JsonElement document, IReadOnlyList<string> place)
    {
        JsonElement? value = document;
        foreach (var key in place)
            value = value is { } parent ? Json.Property(parent, key) : null;
        return value;
    }

    private static JsonNode? Merge(JsonElement? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
            return Node(patch);
        var result = new JsonObject();
        if (target is { ValueKind: JsonValueKind.Object } present)
            foreach (var property in present.EnumerateObject())
                result[property.Name] = Node(property.Value);
        foreach (var property in patch.EnumerateObject())
            if (property.Value.ValueKind == JsonValueKind.Null)
                result.Remove(property.Name);
            else
                result[property.Name] = Merge(Own(target, property.Name), property.Value);
        return result;
    }

    private static JsonObject Reduced(JsonElement target, JsonElement patch)
    {
        var result = new JsonObject();
        foreach (var property in patch.EnumerateObject())
        {
            var present = Own(target, property.Name);
            // A key that stands twice in a patch: the last one counts.
            result.Remove(property.Name);
            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                if (present is not null)
                    result[property.Name] = null;
            }
            else if (property.Value.ValueKind == JsonValueKind.Object && present is { ValueKind: JsonValueKind.Object } inner)
            {
                if (Reduced(inner, property.Value) is { Count: > 0 } below)
                    result[property.Name] = below;
            }
            else if (Merge(null, property.Value) is var value && (present is null || !JsonNode.DeepEquals(Node(present.Value), value)))
            {
                result[property.Name] = value;
            }
        }
        return result;
    }

    // As it stands, a JSON null included.
    private static JsonElement? Own(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } document && document.TryGetProperty(name, out var value) ? value : null;

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    private static JsonElement Element(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }
}

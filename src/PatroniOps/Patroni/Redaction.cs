using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PatroniOps.Patroni;

/// <summary>Takes secrets out of texts and documents before they are kept, shown or written.</summary>
public static partial class Redaction
{
    private const string Mask = "***";

    /// <summary>Masks passwords in connection strings, command lines, environment assignments and URIs.</summary>
    public static string Text(string text) => UriPassword().Replace(Assignment().Replace(text, $"$1{Mask}"), $"$1{Mask}@");

    /// <summary>Masks values whose keys name a secret, and secrets inside other texts.</summary>
    public static JsonElement Document(JsonElement element)
    {
        var node = Node(JsonNode.Parse(element.GetRawText()));
        return node is null ? element : JsonSerializer.SerializeToElement(node, RedactionJson.Default.JsonNode);
    }

    private static JsonNode? Node(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, SecretKey().IsMatch(m.Key) && m.Value is JsonValue ? Mask : Node(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Node)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Text(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("""((?:password|passwd|pwd|sslpassword|secret|token|api[_-]?key|cipher-pass|access-key\S*)\s*[=:]\s*)(?:'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|[^\s,;&]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex("""(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@]+@""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UriPassword();

    [GeneratedRegex("password|passwd|secret|token|private", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SecretKey();
}

using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PatroniOps.Patroni;

/// <summary>Takes secrets out of texts and documents before they are kept, shown or written.</summary>
public static partial class Redaction
{
    private const string Mask = "***";

    /// <summary>Masks passwords in connection strings, command lines, environment assignments and URIs.</summary>
    /// <remarks>A text that takes too long, on a machine that is too busy, is masked as a whole.</remarks>
    public static string Text(string text)
    {
        try
        {
            return UriPassword().Replace(Assignment().Replace(text, $"$1{Mask}"), $"$1{Mask}@");
        }
        catch (RegexMatchTimeoutException)
        {
            return Mask;
        }
    }

    /// <summary>Masks values whose keys name a secret, whatever is below them, and secrets inside other texts. A key that is there twice stays so.</summary>
    public static JsonElement Document(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, element, isSecret: false);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, bool isSecret)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, isSecret || SecretKey().IsMatch(member.Name));
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item, isSecret);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String or JsonValueKind.Number when isSecret:
                writer.WriteStringValue(Mask);
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Json.Text(element) is { } text ? Text(text) : Mask);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    [GeneratedRegex("""((?:password|passwd|pwd|secret|token|api[_-]?key|cipher-pass|access[_-]key)[\w-]*\s*[=:]\s*)(?:'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|[^\s,;&]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex("""(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@]+@""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UriPassword();

    [GeneratedRegex("password|passwd|pwd|secret|token|private|cipher-pass", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretKey();
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PatroniOps.Patroni;

/// <summary>Reads JSON that somebody else wrote: what is missing, null or of another type than expected is unknown (null), never an exception or a zero.</summary>
internal static class Json
{
    /// <summary>A document, detached from what it was read from. Its names are texts: whoever looks for one, or lists them, need not expect anything else.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        RequireTexts(utf8.Span, ofValuesToo: false);
        using var document = JsonDocument.Parse(utf8);
        return document.RootElement.Clone();
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static JsonElement Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Half a surrogate pair, or bytes that are no UTF-8, are JSON to the reader and yet no text: asking for them fails, even looking for another name beside them.</summary>
    /// <exception cref="JsonException">A name, or a value where those are asked for too, is no text, or it is not JSON.</exception>
    public static void RequireTexts(ReadOnlySpan<byte> utf8, bool ofValuesToo)
    {
        if (!utf8.Contains((byte)'\\') && Utf8.IsValid(utf8))
            return;
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.PropertyName || (ofValuesToo && reader.TokenType == JsonTokenType.String))
                RequireText(ref reader);
    }

    private static void RequireText(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException($"it holds what is no text: {e.Message}", e);
        }
    }

    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text, as a terminal may be given it; null for half a surrogate pair too, which is JSON and yet no text.</summary>
    public static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? PrintableText.Of(element.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string? Text(JsonElement element, string name) => Property(element, name) is { } value ? Text(value) : null;

    /// <summary>A text, or a number or Boolean as its text: tags and settings are written either way.</summary>
    public static string? Scalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Text(element),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    public static string? Scalar(JsonElement element, string name) => Property(element, name) is { } value ? Scalar(value) : null;

    public static long? Integer(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetInt64(out var value) => value,
        JsonValueKind.String when long.TryParse(Text(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    public static long? Integer(JsonElement element, string name) => Property(element, name) is { } value ? Integer(value) : null;

    public static double? Number(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>True, false, or the words that YAML and PostgreSQL use for them.</summary>
    public static bool? Flag(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => Text(element)?.ToLowerInvariant() switch
        {
            "on" or "true" or "yes" or "1" => true,
            "off" or "false" or "no" or "0" => false,
            _ => null,
        },
        JsonValueKind.Number when element.TryGetInt64(out var value) => value != 0,
        _ => null,
    };

    public static bool? Flag(JsonElement element, string name) => Property(element, name) is { } value ? Flag(value) : null;

    public static DateTimeOffset? Instant(JsonElement element) =>
        Text(element) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value)
            ? value
            : null;

    public static DateTimeOffset? Instant(JsonElement element, string name) => Property(element, name) is { } value ? Instant(value) : null;

    /// <summary>A WAL position: text from SQL and newer REST answers, an integer from older ones.</summary>
    public static Postgres.Lsn? Lsn(JsonElement element, string name) => Property(element, name) switch
    {
        { ValueKind: JsonValueKind.String } value when Postgres.Lsn.TryParse(Text(value), out var lsn) => lsn,
        { ValueKind: JsonValueKind.Number } value => Postgres.Lsn.FromInteger(Integer(value)),
        _ => null,
    };

    /// <summary>A timeline: a whole number from 1.</summary>
    public static uint? Timeline(JsonElement element, string name) => Integer(element, name) is > 0 and <= uint.MaxValue and var value ? (uint)value : null;

    public static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>The object's properties with scalar values, as texts.</summary>
    public static IReadOnlyDictionary<string, string> Scalars(JsonElement? element)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (element is { ValueKind: JsonValueKind.Object } value)
            foreach (var property in value.EnumerateObject())
                if (Scalar(property.Value) is { } text)
                    result[PrintableText.Of(property.Name)] = text;
        return result;
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatroniOps.Host.Rendering;

/// <summary>One value as one line of JSON.</summary>
internal static class Json
{
    // Read by programs and people, never embedded in HTML: only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string TextOf(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            new JsonValueWriter(writer).Write(value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

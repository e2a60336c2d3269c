using System.Text.Json;

namespace PatroniOps.Tests.Support;

internal static class JsonText
{
    /// <summary>A document from its text, detached from any reader.</summary>
    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

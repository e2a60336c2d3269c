using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatroniOps.Lab;

internal static class LabJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(new LowerCasePolicy()) },
    };
}

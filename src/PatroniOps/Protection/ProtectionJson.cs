using System.Text.Json.Serialization;

namespace PatroniOps.Protection;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProtectionRecord))]
internal sealed partial class ProtectionJson : JsonSerializerContext;

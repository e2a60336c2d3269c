using System.Text.Json.Serialization;

namespace PatroniOps.Connections;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClusterProfile))]
internal sealed partial class ProfileJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace PatroniOps.Resources;

/// <summary>The JSON of instances. A property that is not known is a mistake of writing, and told: it would be passed over in silence else.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SlotInstance))]
[JsonSerializable(typeof(ConfigurationInstance))]
[JsonSerializable(typeof(HealthInstance))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class ResourceJson : JsonSerializerContext;

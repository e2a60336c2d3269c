using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PatroniOps.Patroni;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class RedactionJson : JsonSerializerContext;

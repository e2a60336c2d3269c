using System.Text.Json.Serialization;

namespace PatroniOps.Archives;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WalArchiveGapApproval))]
internal sealed partial class GapApprovalJson : JsonSerializerContext;

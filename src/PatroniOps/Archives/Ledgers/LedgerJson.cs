using System.Text.Json.Serialization;

namespace PatroniOps.Archives.Ledgers;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WalLedgerEntry))]
internal sealed partial class LedgerJson : JsonSerializerContext;

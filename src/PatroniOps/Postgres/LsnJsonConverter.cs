using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatroniOps.Postgres;

/// <summary>Writes a position as PostgreSQL's text; reads text (SQL, snapshots) and integers (Patroni's REST API).</summary>
internal sealed class LsnJsonConverter : JsonConverter<Lsn>
{
    public override Lsn Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var value))
            return new Lsn(value);
        if (reader.TokenType == JsonTokenType.String && Lsn.TryParse(reader.GetString(), out var lsn))
            return lsn;
        throw new JsonException("not a WAL position");
    }

    public override void Write(Utf8JsonWriter writer, Lsn value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

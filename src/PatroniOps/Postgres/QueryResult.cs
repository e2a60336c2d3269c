using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>What one query gave: a JSON document, or why there is none.</summary>
/// <param name="Document">The document; null when it failed.</param>
/// <param name="Failure">The failure; null when it worked.</param>
public sealed record QueryResult(JsonElement? Document, PatroniOpsException? Failure)
{
    internal static QueryResult FromText(string text) => new(Json.Parse(text), null);
}

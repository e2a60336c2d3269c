using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>What one query gave: a JSON document, or why there is none.</summary>
/// <param name="Document">The document; null when it failed.</param>
/// <param name="Failure">The failure; null when it worked.</param>
public sealed record QueryResult(JsonElement? Document, PatroniOpsException? Failure)
{
    internal static async Task<QueryResult> ReadAsync(Stream text, CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(text, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new QueryResult(document.RootElement.Clone(), null);
    }
}

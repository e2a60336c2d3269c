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
        using var document = new MemoryStream();
        await text.CopyToAsync(document, cancellationToken).ConfigureAwait(false);
        return new QueryResult(Json.Parse(document.GetBuffer().AsMemory(0, (int)document.Length)), null);
    }
}

using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Steering;

/// <summary>One setting of the dynamic configuration before and after. Secrets are masked.</summary>
/// <param name="Setting">Its keys from the top, joined by dots.</param>
/// <param name="Old">Null: it was not set.</param>
/// <param name="New">Null: it is taken out, and the default holds.</param>
public sealed record ConfigurationChange(string Setting, string? Old, string? New)
{
    /// <summary>What a patch makes of a document, setting by setting; settings that stay as they are are left out.</summary>
    public static IReadOnlyList<ConfigurationChange> Between(JsonElement document, JsonElement patch)
    {
        var reduced = MergePatch.Reduce(document, patch);
        var before = Redaction.Document(document);
        var after = Redaction.Document(MergePatch.Apply(document, reduced));
        return
        [
            .. MergePatch.Places(reduced)
                .Select(place => new ConfigurationChange(string.Join('.', place), Text(MergePatch.At(before, place)), Text(MergePatch.At(after, place))))
                .OrderBy(c => c.Setting, StringComparer.Ordinal),
        ];
    }

    public override string ToString() => $"{Setting}: {Old ?? "(not set)"} -> {New ?? "(taken out)"}";

    private static string? Text(JsonElement? value) => value is { } element ? Json.Scalar(element) ?? element.GetRawText() : null;
}

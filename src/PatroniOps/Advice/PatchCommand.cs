using System.Globalization;
using System.Text.Json;
using PatroniOps.Diagnosis;

namespace PatroniOps.Advice;

/// <summary>Writes changes as the call of Set-PatroniConfiguration that makes them. Every name and value is data, and quoted as such.</summary>
internal static class PatchCommand
{
    public static string Of(string cluster, IReadOnlyList<Change> changes) =>
        $"Set-PatroniConfiguration -Cluster {PowerShellText.Quote(cluster)} -Patch {Table(changes, depth: 0)}";

    private static string Table(IReadOnlyList<Change> changes, int depth) =>
        $"@{{ {string.Join("; ", changes.GroupBy(c => c.Path[depth]).Select(group => $"{Key(group.Key)} = {Entry([.. group], depth)}"))} }}";

    private static string Entry(List<Change> changes, int depth) =>
        changes is [var leaf] && leaf.Path.Count == depth + 1 ? Value(leaf.Value) : Table(changes, depth + 1);

    private static string Key(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : PowerShellText.QuoteAlways(name);

    private static string Value(object? value) => value switch
    {
        null => "$null",
        bool flag => flag ? "$true" : "$false",
        int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        Ask ask => $"(Read-Host {PowerShellText.QuoteAlways(ask.Prompt)})",
        JsonElement element => Value(element),
        _ => PowerShellText.QuoteAlways(value.ToString()!),
    };

    private static string Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any()
            ? $"@{{ {string.Join("; ", element.EnumerateObject().Select(p => $"{Key(p.Name)} = {Value(p.Value)}"))} }}"
            : "@{}",
        JsonValueKind.Array => $"@({string.Join(", ", element.EnumerateArray().Select(Value))})",
        JsonValueKind.String => PowerShellText.QuoteAlways(element.GetString()!),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "$true",
        JsonValueKind.False => "$false",
        _ => "$null",
    };
}

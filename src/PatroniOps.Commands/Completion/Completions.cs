using System.Management.Automation;

namespace PatroniOps.Commands;

/// <summary>What completers share.</summary>
internal static class Completions
{
    /// <summary>The names that begin with the word, quoted where PowerShell needs it.</summary>
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> names, string? word)
    {
        var typed = (word ?? "").Trim('\'', '"');
        return names
            .Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(n => new CompletionResult(IsPlain(n) ? n : $"'{n.Replace("'", "''", StringComparison.Ordinal)}'", n, CompletionResultType.ParameterValue, n));
    }

    private static bool IsPlain(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.');
}

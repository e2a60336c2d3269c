using System.Management.Automation;

namespace PatroniOps.Host.Running;

/// <summary>Values that an argument of the command line can name but not spell: <c>$true</c>, <c>$false</c>, <c>$null</c> and the credentials.</summary>
internal sealed class SpecialValues(PSCredential? rest, PSCredential? postgres)
{
    public const string RestCredential = "RestCredential";
    public const string PostgresCredential = "PostgresCredential";

    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["$true"] = true,
        ["$false"] = false,
        ["$null"] = null,
        ["$" + RestCredential] = rest,
        ["$" + PostgresCredential] = postgres,
    };

    /// <summary>The value that the text names, or the text itself.</summary>
    public object? Of(string text) => _values.TryGetValue(text, out var value) ? value : text;
}

using System.Collections;
using System.Management.Automation;

namespace PatroniOps.Host.Rendering;

/// <summary>A value in one cell or line of text.</summary>
internal static class CellText
{
    /// <param name="separator">Between the elements of a collection of scalars; anything with more structure becomes JSON.</param>
    public static string Of(object? value, string separator)
    {
        var plain = Members.Unwrap(value);
        if (plain is null)
            return "";
        return Scalars.TextOf(plain) ?? Joined(plain, separator) ?? Json.TextOf(value);
    }

    private static string? Joined(object plain, string separator)
    {
        if (plain is not IEnumerable items || plain is IDictionary)
            return null;
        var texts = items.Cast<object?>().Select(item => Members.Unwrap(item) is { } element ? Scalars.TextOf(element) : "").ToList();
        return texts.Contains(null) ? null : string.Join(separator, texts);
    }

    /// <summary>Whether the object is shown as itself and not by its properties.</summary>
    public static bool IsWhole(PSObject value) =>
        value.BaseObject is IDictionary || (value.BaseObject is not PSCustomObject && Scalars.TextOf(value.BaseObject) is not null);
}

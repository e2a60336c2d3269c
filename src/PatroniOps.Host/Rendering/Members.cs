using System.Management.Automation;

namespace PatroniOps.Host.Rendering;

/// <summary>The properties of an object as PowerShell sees them, those added by type files and scripts included.</summary>
internal static class Members
{
    public static IEnumerable<PSPropertyInfo> Of(PSObject value) => value.Properties.Where(property => property.IsGettable);

    public static IReadOnlyList<string> NamesOf(PSObject value) => [.. Of(value).Select(property => property.Name)];

    /// <summary>The value without PowerShell's wrapper; null when the property is missing or its getter fails.</summary>
    public static object? ValueOf(PSObject value, string name) => value.Properties[name] is { } property ? ValueOf(property) : null;

    public static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return Unwrap(property.Value);
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>The .NET object itself; a custom object, which is nothing but its properties, stays wrapped.</summary>
    public static object? Unwrap(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}

using System.Collections;
using System.Management.Automation;

namespace PatroniOps.Commands;

/// <summary>What a command line gives a parameter already, as far as that is known before it runs.</summary>
internal static class BoundValues
{
    /// <summary>The values of one parameter that are of a type; none when it is not there.</summary>
    public static IEnumerable<T> Of<T>(IDictionary bound, string parameter)
    {
        var value = Plain(bound[parameter]);
        return value is not string and IEnumerable items ? items.Cast<object?>().Select(Plain).OfType<T>() : value is T one ? [one] : [];
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}

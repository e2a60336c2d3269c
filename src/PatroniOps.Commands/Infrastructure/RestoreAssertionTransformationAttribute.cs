using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PatroniOps.Backups;

namespace PatroniOps.Commands;

/// <summary>Makes assertions from hashtables such as <c>@{ Query = 'SELECT count(*) > 0 FROM orders'; Expected = $true; Database = 'shop' }</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RestoreAssertionTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Known = ["Query", "Expected", "Database"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IDictionary single ? new[] { Of(single) }
            : value is IEnumerable items and not string ? items.Cast<object>().Select(i => (i as PSObject)?.BaseObject ?? i).Select(i => i as RestoreAssertion ?? Of(i as IDictionary)).ToArray()
            : inputData;
    }

    private static RestoreAssertion Of(IDictionary? given)
    {
        if (given is null || given.Keys.Cast<object>().FirstOrDefault(k => !Known.Contains(k.ToString(), StringComparer.OrdinalIgnoreCase)) is { } || given["Query"] is null || given["Expected"] is null)
            throw new ArgumentTransformationMetadataException("An assertion is a hashtable with Query and Expected, and perhaps Database.");
        return new RestoreAssertion(given["Query"]!.ToString()!, Text(given["Expected"]!), given["Database"]?.ToString() ?? "postgres");
    }

    // As psql prints it.
    private static string Text(object value) => ((value as PSObject)?.BaseObject ?? value) switch
    {
        true => "t",
        false => "f",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString()!,
    };
}

using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatroniOps.Snapshots;

/// <summary>Finds nulls where the format has none: the JSON reader takes them, and what judges must not meet them.</summary>
internal static class SnapshotValidation
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, bool IsRequired)[]> Shapes = new();

    /// <summary>The path of the first misplaced null; null when there is none.</summary>
    public static string? FirstNull(object value, string path = "snapshot") => value switch
    {
        JsonElement element => element.ValueKind == JsonValueKind.Undefined ? path : null,
        string => null,
        IDictionary entries => First(entries.Values, path),
        IEnumerable items => First(items, path),
        _ when value.GetType().Namespace?.StartsWith("PatroniOps", StringComparison.Ordinal) == true && !value.GetType().IsValueType => Properties(value, path),
        _ => null,
    };

    private static string? First(IEnumerable items, string path)
    {
        var index = 0;
        foreach (var item in items)
        {
            var place = $"{path}[{index++}]";
            if (item is null)
                return place;
            if (FirstNull(item, place) is { } found)
                return found;
        }
        return null;
    }

    private static string? Properties(object value, string path)
    {
        foreach (var (property, isRequired) in Shapes.GetOrAdd(value.GetType(), Shape))
        {
            var place = $"{path}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
            if (property.GetValue(value) is { } child)
            {
                if (FirstNull(child, place) is { } found)
                    return found;
            }
            else if (isRequired)
                return place;
        }
        return null;
    }

    private static (PropertyInfo, bool)[] Shape(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => !p.IsDefined(typeof(JsonIgnoreAttribute)) && p.GetIndexParameters().Length == 0)
            .Select(p => (p, nullability.Create(p).ReadState == NullabilityState.NotNull))];
    }
}

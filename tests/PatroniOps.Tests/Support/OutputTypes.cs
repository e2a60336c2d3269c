using System.Management.Automation;
using System.Reflection;
using PatroniOps.Commands;

namespace PatroniOps.Tests.Support;

/// <summary>What the cmdlets give out, as their attributes say, and what those objects hold.</summary>
internal static class OutputTypes
{
    /// <summary>The module's own types that a cmdlet gives out.</summary>
    public static IReadOnlyList<Type> All { get; } = [.. typeof(ConnectPatroniClusterCommand).Assembly.GetExportedTypes()
        .SelectMany(t => t.GetCustomAttributes<OutputTypeAttribute>()).SelectMany(a => a.Type).Select(n => n.Type).OfType<Type>()
        .Where(IsOwn).Distinct().OrderBy(t => t.FullName, StringComparer.Ordinal)];

    /// <summary>The module's own types in the properties of a type, and in theirs; enumerations are among them.</summary>
    public static IReadOnlyCollection<Type> PartsOf(Type type)
    {
        var parts = new HashSet<Type>();
        Collect(type, parts);
        return parts;
    }

    private static void Collect(Type type, HashSet<Type> parts)
    {
        foreach (var part in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).SelectMany(p => Named(p.PropertyType)))
            if (parts.Add(part))
                Collect(part, parts);
    }

    private static IEnumerable<Type> Named(Type type)
    {
        if (type.HasElementType)
            return Named(type.GetElementType()!);
        var arguments = type.GetGenericArguments().SelectMany(Named);
        return IsOwn(type) ? arguments.Append(type) : arguments;
    }

    private static bool IsOwn(Type type) => type.Namespace?.StartsWith("PatroniOps", StringComparison.Ordinal) == true;
}

using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using PatroniOps.Commands;

namespace PatroniOps.Tests.Commands;

public class OutputTextTests
{
    // Rows as they were read, which nobody looks at in a table.
    private static readonly string[] Raw = ["PatroniOps.Snapshots", "PatroniOps.Patroni", "PatroniOps.Postgres"];

    public static TheoryData<Type> Parts
    {
        get
        {
            var parts = new HashSet<Type>();
            var outputs = typeof(ConnectPatroniClusterCommand).Assembly.GetExportedTypes()
                .SelectMany(t => t.GetCustomAttributes<OutputTypeAttribute>()).SelectMany(a => a.Type).Select(n => n.Type).OfType<Type>().ToHashSet();
            foreach (var output in outputs)
                Collect(output, parts);
            return [.. parts.Where(t => !Raw.Contains(t.Namespace)).OrderBy(t => t.FullName)];
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void What_an_object_holds_is_shown_in_words(Type part)
    {
        var method = part.GetMethod(nameof(ToString), Type.EmptyTypes)!;
        Assert.True(method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType) && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null,
            $"{part} has no text of its own: a list shows its fields and the names of collections.");
    }

    private static void Collect(Type type, HashSet<Type> parts)
    {
        foreach (var part in type.GetProperties().Where(p => p.GetIndexParameters().Length == 0).SelectMany(p => Named(p.PropertyType)))
            if (parts.Add(part))
                Collect(part, parts);
    }

    private static IEnumerable<Type> Named(Type type)
    {
        if (type.HasElementType)
            return Named(type.GetElementType()!);
        var arguments = type.GetGenericArguments().SelectMany(Named);
        return type.Namespace?.StartsWith("PatroniOps", StringComparison.Ordinal) == true && !type.IsEnum ? arguments.Append(type) : arguments;
    }
}

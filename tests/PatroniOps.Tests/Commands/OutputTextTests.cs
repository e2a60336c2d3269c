using System.Runtime.CompilerServices;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Commands;

public class OutputTextTests
{
    // Rows as they were read, which nobody looks at in a table.
    private static readonly string[] Raw = ["PatroniOps.Snapshots", "PatroniOps.Patroni", "PatroniOps.Postgres"];

    public static TheoryData<Type> Parts => [.. OutputTypes.All.SelectMany(OutputTypes.PartsOf).Distinct().Where(t => !t.IsEnum && !Raw.Contains(t.Namespace)).OrderBy(t => t.FullName)];

    [Theory]
    [MemberData(nameof(Parts))]
    public void What_an_object_holds_is_shown_in_words(Type part)
    {
        var method = part.GetMethod(nameof(ToString), Type.EmptyTypes)!;
        Assert.True(method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType) && method.GetCustomAttributes(typeof(CompilerGeneratedAttribute), false).Length == 0,
            $"{part} has no text of its own: a list shows its fields and the names of collections.");
    }
}

using System.Text;

namespace PatroniOps.Fuzz;

/// <summary>The targets, by name. A new one is one class in the folder Targets.</summary>
public static class FuzzTargets
{
    private const string Ending = "Target";

    private static readonly SortedDictionary<string, Type> Types = new(
        typeof(IFuzzTarget).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IFuzzTarget))).ToDictionary(NameOf),
        StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => Types.Keys;

    /// <summary>A target with its own state; null when there is none of that name.</summary>
    public static IFuzzTarget? Create(string name) => Types.TryGetValue(name, out var type) ? (IFuzzTarget)Activator.CreateInstance(type)! : null;

    // RebuildJournalTarget: rebuild-journal
    private static string NameOf(Type type)
    {
        var name = new StringBuilder();
        foreach (var c in type.Name[..^Ending.Length])
            name.Append(char.IsUpper(c) && name.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(c));
        return name.ToString();
    }
}

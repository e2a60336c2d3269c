namespace PatroniOps.Chaos.Faults;

/// <summary>All kinds of fault.</summary>
internal static class FaultCatalogue
{
    private static readonly Dictionary<string, Type> Known = (
        from type in typeof(FaultCatalogue).Assembly.GetTypes()
        where type.IsAssignableTo(typeof(IFault)) && type is { IsInterface: false, IsAbstract: false }
        select (Make(type).Name, type)).ToDictionary(kind => kind.Name, kind => kind.type, StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A new fault of that kind.</summary>
    public static IFault New(string name) => Make(Known[name]);

    private static IFault Make(Type type) => (IFault)Activator.CreateInstance(type)!;
}

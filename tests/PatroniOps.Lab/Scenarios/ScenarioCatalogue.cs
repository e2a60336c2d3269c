namespace PatroniOps.Lab.Scenarios;

/// <summary>All scenarios of this program.</summary>
public static class ScenarioCatalogue
{
    public static IReadOnlyList<IScenario> All { get; } =
    [
        .. from type in typeof(IScenario).Assembly.GetTypes()
           where type is { IsClass: true, IsAbstract: false } && typeof(IScenario).IsAssignableFrom(type)
           select (IScenario)Activator.CreateInstance(type)! into scenario
           orderby scenario.Name
           select scenario,
    ];

    /// <exception cref="LabException">There is none of that name.</exception>
    public static IScenario Find(string name) =>
        All.FirstOrDefault(scenario => scenario.Name == name)
        ?? throw new LabException($"There is no scenario {name}; there are {string.Join(", ", All.Select(scenario => scenario.Name))}.");
}

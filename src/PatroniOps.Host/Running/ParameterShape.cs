using System.Collections;
using System.Management.Automation;

namespace PatroniOps.Host.Running;

/// <summary>Which parameters of a command take a list and which take none.</summary>
internal sealed class ParameterShape(CommandInfo command)
{
    public bool Has(string name) => command.Parameters.ContainsKey(name);

    public bool IsSwitch(string name) => Find(name)?.SwitchParameter ?? false;

    public bool IsList(string name) => Find(name) is { } parameter && IsList(parameter.ParameterType);

    /// <param name="position">From zero, among the arguments without a name.</param>
    public bool IsListAt(int position) => command.Parameters.Values.Any(parameter =>
        IsList(parameter.ParameterType) && parameter.ParameterSets.Values.Any(set => set.Position == position));

    // The full name, an alias, or the beginning of exactly one name, as the binder reads it.
    private ParameterMetadata? Find(string name)
    {
        var parameters = command.Parameters.Values;
        return parameters.FirstOrDefault(parameter => Same(parameter.Name, name) || parameter.Aliases.Any(alias => Same(alias, name)))
            ?? parameters.Where(parameter => parameter.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray() switch
            {
                [var only] => only,
                _ => null,
            };
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && !typeof(IDictionary).IsAssignableFrom(type);
}

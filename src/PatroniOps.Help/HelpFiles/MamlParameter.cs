using System.Xml.Linq;
using PatroniOps.Help.Cmdlets;
using static PatroniOps.Help.HelpFiles.MamlNames;

namespace PatroniOps.Help.HelpFiles;

/// <summary>One parameter, in the syntax or in the list of parameters.</summary>
internal static class MamlParameter
{
    /// <param name="shape">The parameter.</param>
    /// <param name="text">What is said about it; null in the syntax.</param>
    public static XElement Of(ParameterShape shape, IReadOnlyList<string>? text)
    {
        var isInSyntax = text is null;
        var isSwitch = shape.TypeName == "SwitchParameter";
        return new XElement(Command + "parameter",
            new XAttribute("required", shape.IsMandatory ? "true" : "false"), new XAttribute("variableLength", shape.Type.IsArray ? "true" : "false"), new XAttribute("globbing", shape.IsWildcard ? "true" : "false"),
            new XAttribute("pipelineInput", shape.Pipeline), new XAttribute("position", shape.Position is { } position ? $"{position}" : "named"), new XAttribute("aliases", shape.Aliases.Count > 0 ? string.Join(", ", shape.Aliases) : "none"),
            new XElement(Maml + "name", shape.Name),
            text is null ? null : Description([.. text, .. Beyond(shape)]),
            isInSyntax && shape.Values.Count > 0 ? new XElement(Command + "parameterValueGroup", shape.Values.Select(v => new XElement(Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), v))) : null,
            // A switch takes no value in the syntax.
            isInSyntax && isSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", isSwitch ? "false" : "true"), new XAttribute("variableLength", shape.Type.IsArray ? "true" : "false"), shape.TypeName),
            TypeOf(shape.TypeName),
            new XElement(Dev + "defaultValue", shape.Default));
    }

    private static IEnumerable<string> Beyond(ParameterShape shape) =>
        shape.Values.Count > 0 ? [.. shape.Limits, $"One of {string.Join(", ", shape.Values)}."] : shape.Limits;
}

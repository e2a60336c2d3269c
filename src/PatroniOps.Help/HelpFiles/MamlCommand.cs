using System.Xml.Linq;
using PatroniOps.Help.Cmdlets;
using PatroniOps.Help.Pages;
using static PatroniOps.Help.HelpFiles.MamlNames;

namespace PatroniOps.Help.HelpFiles;

/// <summary>The help of one cmdlet: its page, and what the cmdlet says of itself.</summary>
internal static class MamlCommand
{
    public static XElement Of(CmdletShape cmdlet, HelpPage page, SharedParameters shared) =>
        new(Command + "command",
            Details(cmdlet.Name, page.Synopsis),
            Description(page.Description),
            new XElement(Command + "syntax", cmdlet.Sets.Select(set => new XElement(Command + "syntaxItem", new XElement(Maml + "name", cmdlet.Name), set.Select(p => MamlParameter.Of(p, null))))),
            new XElement(Command + "parameters", cmdlet.Parameters.Select(p => MamlParameter.Of(p, TextOf(p, cmdlet, page, shared)))),
            new XElement(Command + "inputTypes", Inputs(cmdlet, page)),
            new XElement(Command + "returnValues", page.Outputs.Select(output => new XElement(Command + "returnValue", TypeOf(output.Key), Description(output.Value)))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", page.Links.Select(link => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address)))));

    /// <summary>The words about a parameter: of the page, else those that it shares; none when neither has any, which fails the tests and not the build.</summary>
    public static IReadOnlyList<string> TextOf(ParameterShape shape, CmdletShape cmdlet, HelpPage page, SharedParameters shared) =>
        page.Parameters.GetValueOrDefault(shape.Name) ?? shared.Find(cmdlet.Type, shape.Name) ?? [];

    private static XElement Details(string name, string synopsis) => new(Command + "details",
        new XElement(Command + "name", name), new XElement(Command + "verb", name.Split('-')[0]), new XElement(Command + "noun", name.Split('-')[1]), Description([synopsis]));

    // What comes by value has a type; what comes by property name may be any object. The words of the page stand behind the last.
    private static IEnumerable<XElement> Inputs(CmdletShape cmdlet, HelpPage page)
    {
        var inputs = cmdlet.Parameters.Where(p => p.IsByValue).Select(p => (Type: (p.Type.GetElementType() ?? p.Type).FullName!, Text: $"By value, for -{p.Name}.")).ToList();
        var byName = cmdlet.Parameters.Where(p => p.IsByPropertyName).Select(p => p.Name).ToList();
        if (byName.Count > 0)
            inputs.Add(("System.Object", $"Any object, by the names of its properties: {string.Join(", ", byName)}."));
        else if (inputs.Count == 0)
            inputs.Add(("None", "Nothing comes from the pipeline."));
        return inputs.Select((input, index) => new XElement(Command + "inputType", TypeOf(input.Type), Description([input.Text, .. index == inputs.Count - 1 ? page.Inputs : []])));
    }

    private static XElement Example(HelpExample example, int index) => new(Command + "example",
        new XElement(Maml + "title", $"---------- {index + 1}: {example.Title} ----------"), new XElement(Dev + "code", example.Code), new XElement(Dev + "remarks", Paragraphs(example.Remarks)));
}

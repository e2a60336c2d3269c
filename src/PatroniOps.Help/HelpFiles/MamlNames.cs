using System.Xml.Linq;

namespace PatroniOps.Help.HelpFiles;

/// <summary>The namespaces of PowerShell's help files.</summary>
internal static class MamlNames
{
    public static readonly XNamespace Root = "http://msh";

    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Text as its paragraphs.</summary>
    public static IEnumerable<XElement> Paragraphs(IEnumerable<string> text) => text.Select(paragraph => new XElement(Maml + "para", paragraph));

    public static XElement Description(IEnumerable<string> text) => new(Maml + "description", Paragraphs(text));

    public static XElement TypeOf(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));
}

using System.Xml.Linq;
using static PatroniOps.Help.HelpFiles.MamlNames;

namespace PatroniOps.Help.HelpFiles;

/// <summary>A help file of cmdlets.</summary>
internal static class MamlFile
{
    public static string Of(IEnumerable<XElement> commands) => new XDeclaration("1.0", "utf-8", null) + "\n" + new XElement(Root + "helpItems",
        new XAttribute("schema", "maml"), new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev), commands) + "\n";
}

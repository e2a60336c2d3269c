using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using PatroniOps.Help.Pages;

namespace PatroniOps.Help.About;

/// <summary>An about_ page as text for a console of 80 columns. Get-Help takes its fifth line for the synopsis.</summary>
internal static class AboutText
{
    private const int Width = 80;
    private const string Indent = "    ";

    /// <exception cref="HelpException">The page does not begin with one short description of one paragraph.</exception>
    public static string Of(string markdown)
    {
        if (Section.Parse(markdown).Children is not [var page] || page.Children.FirstOrDefault() is not { Paragraphs: [var synopsis] } first)
            throw new HelpException("An about_ page has one heading of the first level and begins with a section of one paragraph.");
        var text = new StringBuilder($"TOPIC\n{Indent}{page.Heading}\n\n{first.Heading}\n{Indent}{synopsis}\n");
        foreach (var section in page.Children.Skip(1))
            Append(section, text);
        return text.ToString();
    }

    private static void Append(Section section, StringBuilder text)
    {
        text.Append('\n').Append(section.Level > 2 ? "  " : "").Append(section.Heading).Append('\n');
        foreach (var (block, index) in section.Blocks.Select((b, i) => (b, i)))
        {
            if (index > 0)
                text.Append('\n');
            foreach (var line in block is Table table ? TextTable.Lines(table, Width - Indent.Length) : Lines(block))
                text.Append(line.Length > 0 ? Indent + line : "").Append('\n');
        }
        section.Children.ForEach(child => Append(child, text));
    }

    private static IEnumerable<string> Lines(Block block) =>
        block is CodeBlock ? PlainText.Lines(block) : PlainText.Lines(block).SelectMany(line => TextWrap.Lines(line, Width - Indent.Length));
}

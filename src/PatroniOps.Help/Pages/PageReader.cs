using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PatroniOps.Help.Pages;

/// <summary>Reads the page of a cmdlet, in the shape that platyPS gives them: docs/en-US/NAME.md.</summary>
internal static class PageReader
{
    private static readonly string[] Sections = ["SYNOPSIS", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    public static string PathOf(string folder, string name) => Path.Combine(folder, name + ".md");

    /// <exception cref="HelpException">A section is missing, or there is one that no page has.</exception>
    public static HelpPage Read(string folder, string name)
    {
        var title = Section.Parse(File.ReadAllText(PathOf(folder, name))).Children is [var only] && only.Heading == name ? only : throw new HelpException($"{name}.md does not begin with '# {name}', or has another heading of that level.");
        if (title.Children.Select(s => s.Heading).Except(Sections).FirstOrDefault() is { } unknown)
            throw new HelpException($"{name}.md has a section {unknown}, which is none of {string.Join(", ", Sections)}.");
        Section Of(string heading) => title[heading] ?? throw new HelpException($"{name}.md has no section {heading}.");
        return new HelpPage
        {
            Name = name,
            Synopsis = string.Join(" ", Of("SYNOPSIS").Paragraphs),
            Description = Of("DESCRIPTION").Paragraphs,
            Examples = [.. Of("EXAMPLES").Children.Select(s => Example(name, s))],
            Parameters = Of("PARAMETERS").Children.ToDictionary(s => s.Heading.TrimStart('-'), s => s.Paragraphs, StringComparer.Ordinal),
            Inputs = Of("INPUTS").Paragraphs,
            Outputs = Of("OUTPUTS").Children.ToDictionary(s => s.Heading, s => s.Paragraphs, StringComparer.Ordinal),
            Notes = Of("NOTES").Paragraphs,
            Links = [.. Of("RELATED LINKS").Blocks.SelectMany(b => b.Descendants<LinkInline>()).Select(Link)],
        };
    }

    private static HelpExample Example(string name, Section section)
    {
        if (section.Blocks.FirstOrDefault() is not FencedCodeBlock { Info: "powershell" } code)
            throw new HelpException($"{name}.md: the example '{section.Heading}' does not begin with a block of powershell.");
        return new HelpExample(section.Heading, PlainText.Code(code), code.Arguments ?? "", [.. section.Blocks.Skip(1).SelectMany(PlainText.Lines)]);
    }

    private static HelpLink Link(LinkInline link) =>
        new(PlainText.Of(link), link.Url is { } url && url.StartsWith("https://", StringComparison.Ordinal) ? new Uri(url) : null);
}

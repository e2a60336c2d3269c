using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PatroniOps.Help.Pages;

/// <summary>Markdown as text for a console.</summary>
internal static class PlainText
{
    /// <summary>The text of a paragraph on one line; null gives none.</summary>
    public static string Of(ContainerInline? inline)
    {
        var text = new StringBuilder();
        foreach (var part in inline ?? [])
            text.Append(part switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                LinkInline { Url: { } url } link when Of((ContainerInline)link) is var shown => shown == url || !url.StartsWith("http", StringComparison.Ordinal) ? shown : $"{shown} ({url})",
                AutolinkInline link => link.Url,
                ContainerInline container => Of(container),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                _ => throw new HelpException($"{part.GetType().Name} is not known in '{text}'."),
            });
        return text.ToString();
    }

    /// <summary>Each paragraph, item of a list, line of code and row of a table.</summary>
    public static IEnumerable<string> Lines(Block block) => block switch
    {
        ParagraphBlock paragraph => [Of(paragraph.Inline)],
        ListBlock list => list.Cast<ListItemBlock>().SelectMany((item, index) => Item(item, list.IsOrdered ? $"{index + 1}. " : "- ")),
        CodeBlock code => Code(code).Split('\n').Select(line => "    " + line),
        Table table => table.Cast<TableRow>().Where(row => !row.IsHeader).Select(row => string.Join(": ", Cells(row))),
        _ => throw new HelpException($"{block.GetType().Name} at line {block.Line + 1} is not known."),
    };

    /// <summary>The lines of a block of code.</summary>
    public static string Code(CodeBlock code) => code.Lines.ToString().ReplaceLineEndings("\n").TrimEnd('\n');

    /// <summary>The cells of a row.</summary>
    public static IEnumerable<string> Cells(TableRow row) => row.Cast<TableCell>().Select(cell => string.Join(" ", cell.SelectMany(Lines)));

    private static IEnumerable<string> Item(ListItemBlock item, string bullet) =>
        item.SelectMany(Lines).Select((line, index) => (index == 0 ? bullet : new string(' ', bullet.Length)) + line);
}

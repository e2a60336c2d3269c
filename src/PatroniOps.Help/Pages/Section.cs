using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace PatroniOps.Help.Pages;

/// <summary>A heading with what stands below it: its own blocks, then the sections of the next level.</summary>
internal sealed record Section(string Heading, int Level)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables(new PipeTableOptions { RequireHeaderSeparator = true }).Build();

    public List<Block> Blocks { get; } = [];

    public List<Section> Children { get; } = [];

    /// <summary>The text of the section in paragraphs, without the sections below it.</summary>
    public IReadOnlyList<string> Paragraphs => [.. Blocks.SelectMany(PlainText.Lines)];

    /// <summary>The section with a heading; null when there is none.</summary>
    public Section? this[string heading] => Children.FirstOrDefault(s => s.Heading == heading);

    /// <summary>A whole page: its sections are those of the first level.</summary>
    public static Section Parse(string markdown)
    {
        var root = new Section("", 0);
        var open = new Stack<Section>([root]);
        foreach (var block in Markdown.Parse(markdown, Pipeline))
        {
            if (block is not HeadingBlock heading)
            {
                open.Peek().Blocks.Add(block);
                continue;
            }
            while (open.Peek().Level >= heading.Level)
                open.Pop();
            var section = new Section(PlainText.Of(heading.Inline), heading.Level);
            open.Peek().Children.Add(section);
            open.Push(section);
        }
        return root;
    }
}

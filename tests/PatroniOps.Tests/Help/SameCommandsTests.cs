using Markdig.Syntax;
using PatroniOps.Help.Pages;

namespace PatroniOps.Tests.Help;

/// <summary>A page in another language has the same commands, in the same order.</summary>
public sealed partial class SameCommandsTests
{
    [Theory]
    [InlineData("about_PatroniOps")]
    [InlineData("about_PatroniOps_Incidents")]
    public void The_languages_have_the_same_code(string topic)
    {
        Assert.Equal(Spans("en-US", topic), Spans("zh-CN", topic));
        Assert.Equal(Blocks(HelpFixture.About("en-US", topic)), Blocks(HelpFixture.About("zh-CN", topic)));
    }

    private static List<string> Spans(string language, string topic)
    {
        var spans = Span().Matches(File.ReadAllText(Path.Combine(HelpFixture.Docs, language, topic + ".md"))).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(spans);
        return spans;
    }

    private static IEnumerable<string> Blocks(Section section) =>
        section.Blocks.OfType<FencedCodeBlock>().Select(b => $"{b.Info} {b.Arguments}\n{PlainText.Code(b)}").Concat(section.Children.SelectMany(Blocks));

    [System.Text.RegularExpressions.GeneratedRegex("(?<!`)`([^`\n]+)`(?!`)")]
    private static partial System.Text.RegularExpressions.Regex Span();
}

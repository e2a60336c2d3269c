using PatroniOps.Help;
using PatroniOps.Help.About;

namespace PatroniOps.Tests.Help;

/// <summary>Pages as text for a console of 80 columns.</summary>
public sealed class AboutTextTests
{
    [Fact]
    public void The_fifth_line_is_the_synopsis_however_long_it_is()
    {
        var synopsis = string.Join(' ', Enumerable.Repeat("word", 40)) + ".";
        Assert.Equal("    " + synopsis, AboutText.Of($"# about_x\n\n## SHORT DESCRIPTION\n\n{synopsis}\n\n## LONG DESCRIPTION\n\nText.\n").Split('\n')[4]);
    }

    [Theory]
    [InlineData("en-US", "about_PatroniOps_Incidents")]
    [InlineData("zh-CN", "about_PatroniOps_Incidents")]
    [InlineData("zh-CN", "about_PatroniOps")]
    public void Lines_fit_and_break_where_they_may(string language, string topic)
    {
        var lines = AboutText.Of(File.ReadAllText(Path.Combine(HelpFixture.Docs, language, topic + ".md"))).Split('\n').Skip(6).ToList();
        Assert.All(lines.Where(l => !l.StartsWith("        ", StringComparison.Ordinal)), line => Assert.True(TextWrap.WidthOf(line) <= 82, line));
        Assert.DoesNotContain(lines, line => line.TrimStart() is [var first, ..] && "，。；：、）".Contains(first, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line is [.., '（']);
    }

    [Fact]
    public void A_list_hangs_and_a_table_has_columns()
    {
        var text = AboutText.Of("# about_x\n\n## SHORT DESCRIPTION\n\nS.\n\n## LONG DESCRIPTION\n\n- " + string.Join(' ', Enumerable.Repeat("word", 20)) + "\n\n| a | b |\n|---|---|\n| 大小 | 1 |\n| xyz | `2` |\n");
        Assert.Contains("\n    - word word", text, StringComparison.Ordinal);
        Assert.Contains("\n      word word", text, StringComparison.Ordinal);
        Assert.Contains("\n    a     b\n    大小  1\n    xyz   2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_another_shape_is_refused() => Assert.Throws<HelpException>(() => AboutText.Of("# about_x\n\nText.\n"));
}

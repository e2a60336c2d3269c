using PatroniOps.Archives;
using PatroniOps.Patroni;

namespace PatroniOps.Tests.Patroni;

/// <summary>What a server wrote is shown, and a terminal obeys none of it.</summary>
public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("db1", "db1")]
    [InlineData("größe 数据库", "größe 数据库")]
    [InlineData("a\tb\nc", "a\tb\nc")]
    [InlineData("a\r\nb\u001b[2J", "a\nb\ufffd[2J")]
    [InlineData("all is well\rno", "all is well\ufffdno")]
    [InlineData("\u001b]0;title\a", "\ufffd]0;title\ufffd")]
    [InlineData("\u009b31mred\u007f", "\ufffd31mred\ufffd")]
    public void Only_tabs_and_line_feeds_are_left_of_the_control_characters(string text, string expected)
    {
        Assert.Equal(expected, PrintableText.Of(text));
        Assert.Equal(expected, new PatroniOpsException(FailureKind.Refused, text).Message);
    }

    [Fact]
    public void A_member_s_name_state_and_tags_move_no_cursor()
    {
        var view = ClusterView.Parse(Json.Parse("""{"members": [{"name": "db1\u001b[1A", "state": "\u0007running", "role": "leader", "tags": {"rack\u001b": "\u009bK"}}]}"""));

        var member = Assert.Single(view!.Members);
        Assert.Equal("db1\ufffd[1A", member.Name);
        Assert.Equal("\ufffdrunning", member.State);
        Assert.Equal("\ufffdK", member.Tags.Values["rack\ufffd"]);
    }

    [Fact]
    public void A_file_s_name_in_an_archive_moves_no_cursor() =>
        Assert.Equal("Foreign a/\ufffd[2J: why", new WalArchiveProblem(WalArchiveProblemKind.Foreign, "a/\u001b[2J", null, null, "why").ToString());
}

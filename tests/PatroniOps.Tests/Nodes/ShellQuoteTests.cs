using System.Diagnostics;
using System.Text;
using CsCheck;
using PatroniOps.Nodes;

namespace PatroniOps.Tests.Nodes;

public sealed class ShellQuoteTests
{
    private static readonly string[] Meaningful =
    [
        "'", "\"", "\\", "`", "$(id)", "$HOME", "${x}", "\n", "\t", " ", ";", "&", "|", "<", ">", "*", "?", "[a]", "~", "!", "#", "{a,b}", "-n", "--", "=", "ü", "\u4e2d", "\U0001F418",
    ];

    private static readonly Gen<string> Hostile =
        Gen.OneOf(Gen.Int[0, Meaningful.Length - 1].Select(i => Meaningful[i]), Gen.Char[' ', '~'].Select(c => $"{c}")).Array[0, 12].Select(parts => string.Concat(parts));

    [Fact]
    public void Any_arguments_arrive_unchanged_through_a_shell() => Hostile.Array[1, 8].Sample(arguments =>
        {
            Assert.Equal(arguments, Arrived(ShellQuote.Line(["printf", "%s\\0", .. arguments])));
        }, iter: 200, threads: 1);

    [Theory]
    [InlineData("/srv/pg/data", "/srv/pg/data")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(rm -rf /)", "'$(rm -rf /)'")]
    public void What_is_safe_stays_as_it_is(string argument, string expected) => Assert.Equal(expected, ShellQuote.Quote(argument));

    private static string[] Arrived(string line)
    {
        var start = new ProcessStartInfo("sh", ["-c", line]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        using var shell = Process.Start(start)!;
        return shell.StandardOutput.ReadToEnd().Split('\0')[..^1];
    }
}


namespace PatroniOps.Tests.Host;

public sealed class UsageTests(SmallModule module) : HostTest(module)
{
    [Theory]
    [InlineData("has no option '-Bogus'", "-Bogus")]
    [InlineData("'xml' is no output format. Use table, list, json, result or csv.", "-Output", "xml", "Get-Sample")]
    [InlineData("'1' is no output format", "Get-Sample", "-Output", "1")]
    [InlineData("-Command needs a value", "-Command")]
    [InlineData("There is no script file 'nowhere.ps1'.", "-File", "nowhere.ps1")]
    [InlineData("Quote the whole script as one argument", "-Command", "Get-Sample", "-Name", "a")]
    [InlineData("One thing at a time", "-Command", "Get-Sample", "Get-Sample")]
    [InlineData("There is nothing to run")]
    public async Task A_wrong_command_line_is_explained(string message, params string[] arguments) =>
        Assert.Contains(message, await FailAsync(2, arguments), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_is_no_script_is_explained()
    {
        var path = Module.AddFile("script.txt", "1");
        Assert.Contains("does not end in .ps1", await FailAsync(2, "-File", path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_syntax_error_shows_its_line()
    {
        var path = Module.AddFile("broken.ps1", "1\nif ($true) {\n  2");
        var lines = (await FailAsync(2, "-File", path)).ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(
            ["patroniops: broken.ps1, line 2, column 12: Missing closing '}' in statement block or type definition.", "    if ($true) {", "               ^"],
            lines);
    }

    [Fact]
    public async Task A_cut_off_statement_shows_its_line() =>
        Assert.Contains("line 1, column 15: Missing expression", await FailAsync(2, "-Command", "foreach ($x in"), StringComparison.Ordinal);

    [Theory]
    [InlineData("--help")]
    [InlineData("-Help")]
    [InlineData("-?")]
    public async Task Help_names_every_option_and_exit_code(string option)
    {
        var help = (await SucceedAsync(option)).Output;
        Assert.All(
            ["-Command", "-File", "-Output table|list|json|result|csv", "-Module", "PATRONIOPS_PG_PASSWORD_FILE", "130"],
            text => Assert.Contains(text, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_is_told() =>
        Assert.StartsWith("patroniops 0.", (await SucceedAsync("--version")).Output, StringComparison.Ordinal);
}


namespace PatroniOps.Tests.Host;

public sealed class ScriptTests(SmallModule module) : HostTest(module)
{
    [Fact]
    public async Task Text_runs_and_the_options_may_follow() =>
        Assert.Equal(["1", "2"], (await SucceedAsync("-Command", "1..3 | Where-Object { $_ -lt 3 }", "-Output", "json")).Lines);

    [Theory]
    [InlineData("--command=1 + 1")]
    [InlineData("-COMMAND:1 + 1")]
    [InlineData("-c", "1 + 1")]
    public async Task Options_are_read_in_any_style(params string[] arguments) =>
        Assert.Equal(["2"], (await SucceedAsync(arguments)).Lines);

    [Fact]
    public async Task A_file_binds_named_switch_positional_and_remaining_arguments()
    {
        var path = Module.AddFile("arguments.ps1", """
            param([Parameter(Position = 0)][string]$First, [string]$Name, [switch]$Flag, [int]$Count, [Parameter(ValueFromRemainingArguments)]$Rest)
            "$First|$Name|$Flag|$Count|$($Rest.Count)"
            """);
        var run = await SucceedAsync("-File", path, "-Name", "two words", "-Flag", "first", "-Count:3", "x", "-5");
        Assert.Equal(["first|two words|True|3|2"], run.Lines);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("-Command", "-")]
    [InlineData("-File", "-")]
    [InlineData]
    public async Task The_script_may_come_from_standard_input(params string[] arguments)
    {
        var run = await PatroniOpsProcess.RunAsync(new HostStart(["-Module", Module.Folder, .. arguments]) { Input = "Get-Sample |\n  ForEach-Object { $_.Name + '!' }\n" });
        Assert.Equal(["a!"], run.Lines);
    }

    [Fact]
    public async Task Exit_gives_its_code_and_keeps_what_was_written()
    {
        var run = await RunAsync("-Command", "[pscustomobject]@{ Before = 1 }; exit 7; 'never'");
        Assert.Equal(7, run.ExitCode);
        Assert.Equal(["Before", "------", "1"], run.Lines.Select(line => line.Trim()));
    }

    [Fact]
    public async Task A_script_goes_on_after_an_error_and_the_exit_code_tells()
    {
        var run = await RunAsync("-Command", "1 / 0; 'went on'");
        Assert.Equal((1, "patroniops: Attempted to divide by zero."), (run.ExitCode, run.Errors.TrimEnd()));
        Assert.Equal(["went on"], run.Lines);
    }

    [Fact]
    public async Task A_handled_error_is_none() =>
        Assert.Equal(["handled"], (await SucceedAsync("-Command", "try { throw 'no' } catch { 'handled' }")).Lines);

    [Fact]
    public async Task An_error_in_a_file_says_where()
    {
        var path = Module.AddFile("fails.ps1", "$x = 1\n\nthrow 'out of luck'");
        Assert.Equal("patroniops: fails.ps1:3: out of luck", await FailAsync(1, "-File", path));
    }
}

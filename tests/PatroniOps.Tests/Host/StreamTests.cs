
namespace PatroniOps.Tests.Host;

public sealed class StreamTests(SmallModule module) : HostTest(module)
{
    [Theory]
    [InlineData("a warning", "WARNING: a warning", "Write-Stream")]
    [InlineData("verbose by the cmdlet", "VERBOSE: a detail", "Write-Stream", "-Verbose")]
    [InlineData("verbose for everything", "VERBOSE: a detail", "-Verbose", "-Command", "Write-Stream")]
    [InlineData("debug", "DEBUG: a trace", "Write-Stream", "-Debug")]
    public async Task What_is_said_about_the_work_goes_to_standard_error(string what, string line, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.True(run.Errors.Contains(line, StringComparison.Ordinal), what);
        Assert.Equal((0, "an object"), (run.ExitCode, Assert.Single(run.Lines)));
    }

    [Fact]
    public async Task Details_are_not_told_unasked() =>
        Assert.Equal("WARNING: a warning", (await RunAsync("Write-Stream")).Errors.TrimEnd());

    [Fact]
    public async Task What_needs_confirmation_ends_with_an_explained_error()
    {
        var error = await FailAsync(1, "Remove-Sample", "x");
        Assert.Contains("never prompts: Performing the operation \"Remove\" on target \"x\". Add -Confirm:$false to do it, or -WhatIf", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_false_confirms() =>
        Assert.Equal(["removed x"], (await SucceedAsync("Remove-Sample", "x", "-Confirm:$false")).Lines);

    [Fact]
    public async Task WhatIf_tells_on_standard_output() =>
        Assert.Equal(["What if: Performing the operation \"Remove\" on target \"x\"."], (await SucceedAsync("Remove-Sample", "x", "-WhatIf")).Lines);

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task WhatIf_leaves_standard_output_to_objects_that_programs_read(string format)
    {
        var run = await RunAsync("Remove-Sample", "x", "-WhatIf", "-Output", format);
        Assert.Equal((0, "", "What if: Performing the operation \"Remove\" on target \"x\"."), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Theory]
    [InlineData("$Host.UI.ReadLine()")]
    [InlineData("$Host.UI.PromptForCredential('', '', '', '')")]
    public async Task No_question_is_asked(string script) =>
        Assert.Contains("patroniops never ", await FailAsync(1, "-Command", script), StringComparison.Ordinal);

    [Fact]
    public async Task Redirected_output_has_no_colours() =>
        Assert.DoesNotContain('\e', (await SucceedAsync("Get-Sample")).Output);
}


namespace PatroniOps.Tests.Host;

public sealed class CallTests(SmallModule module) : HostTest(module)
{
    [Fact]
    public async Task A_cmdlet_runs_with_arguments_passed_one_by_one()
    {
        var run = await SucceedAsync("-Output", "json", "Get-Sample", "-Name", "it's \"one\"; exit 3", "-Quiet", "-Count:3");
        Assert.Equal("""{"Name":"it's \"one\"; exit 3","Quiet":true,"Count":3}""", Assert.Single(run.Lines));
    }

    [Theory]
    [InlineData("Get-Sample", "a,b")]
    [InlineData("Get-Sample", "-Name", "a,b")]
    [InlineData("Get-Sample", "-Na", "a,b")]
    [InlineData("Get-Sample", "-Name:a,b")]
    [InlineData("Get-Sample", "-Quiet", "a,b")]
    public async Task A_list_parameter_takes_values_between_commas(params string[] arguments)
    {
        var run = await SucceedAsync(["-Output", "csv", .. arguments]);
        Assert.Equal(["a", "b"], run.Lines[1..].Select(line => line[..1]));
    }

    [Theory]
    [InlineData("-Output", "json")]
    [InlineData("--output=json")]
    public async Task Output_may_stand_behind_the_cmdlet(params string[] output)
    {
        var run = await SucceedAsync(["Get-Sample", "-Count", "2", .. output]);
        Assert.Equal("""{"Name":"a","Quiet":false,"Count":2}""", Assert.Single(run.Lines));
    }

    [Fact]
    public async Task False_is_false() =>
        Assert.Contains("\"Quiet\":false", (await SucceedAsync("Get-Sample", "-Quiet:$false", "-Output", "json")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_parameter_names_the_cmdlet() =>
        Assert.Equal("patroniops: Get-Sample: A parameter cannot be found that matches parameter name 'Bogus'.", await FailAsync(1, "Get-Sample", "-Bogus", "1"));

    [Fact]
    public async Task A_missing_parameter_is_named_and_not_asked_for() =>
        Assert.Contains("missing mandatory parameters: Name", await FailAsync(1, "Remove-Sample"), StringComparison.Ordinal);
}

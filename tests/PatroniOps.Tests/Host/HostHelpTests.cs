namespace PatroniOps.Tests.Host;

/// <summary>The help of the module that lies beside <c>patroniops</c>, in the language of its user.</summary>
public sealed class HostHelpTests
{
    [Fact]
    public async Task A_cmdlet_is_explained()
    {
        var run = await HelpAsync("C", "Test-WalAvailability", "-Full");
        Assert.All(["SYNOPSIS", "SYNTAX", "-ReplicationCredential <PSCredential>", "OUTPUTS", "NOTES", "-- 2: "], text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        // Over the ends of lines.
        Assert.Contains("who still has it, and whether it recovers without help.", string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C", "Confirm: psql -h LEADER")]
    [InlineData("", "Confirm: psql -h LEADER")]
    [InlineData("xx_YY.UTF-8", "Confirm: psql -h LEADER")]
    [InlineData("de_DE.UTF-8", "Confirm: psql -h LEADER")]
    [InlineData("zh_CN.UTF-8", "确认：psql -h LEADER")]
    public async Task The_runbook_speaks_the_users_language_or_English(string locale, string text) =>
        Assert.Contains(text, (await HelpAsync(locale, "about_PatroniOps_Incidents")).Output, StringComparison.Ordinal);

    private static async Task<HostRun> HelpAsync(string locale, params string[] arguments)
    {
        var run = await PatroniOpsProcess.RunAsync(new HostStart(["Get-Help", .. arguments]) { Environment = { ["LC_ALL"] = locale, ["LC_MESSAGES"] = "", ["LANG"] = "" } });
        Assert.Equal(("", 0), (run.Errors, run.ExitCode));
        return run;
    }
}

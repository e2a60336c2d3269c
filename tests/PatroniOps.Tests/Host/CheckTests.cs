namespace PatroniOps.Tests.Host;

/// <summary><c>patroniops check</c> with the real module: what Nagios would run.</summary>
public sealed class CheckTests
{
    private static readonly string Incidents = Path.Combine(PatroniOpsProcess.RepositoryRoot, "examples", "incidents");

    [Theory]
    [InlineData("healthy.json", 0, "PATRONIOPS OK - ")]
    [InlineData("wal-removed.json", 2, "PATRONIOPS CRITICAL - ")]
    [InlineData("archive-command-lies.json", 1, "PATRONIOPS WARNING - ")]
    public async Task A_verdict_is_a_line_and_a_code(string incident, int code, string start)
    {
        var run = await RunAsync("cluster", "-SnapshotPath", Path.Combine(Incidents, incident));
        Assert.Equal(code, run.ExitCode);
        Assert.StartsWith(start, Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Contains(" | 'members'=3 ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("members=3:", 0)]
    [InlineData("members=4:", 1)]
    [InlineData("nothing=1", 3)]
    public async Task A_limit_of_the_command_line_counts(string warning, int code)
    {
        var run = await RunAsync("cluster", "-SnapshotPath", Path.Combine(Incidents, "healthy.json"), "-w", warning);
        Assert.Equal(code, run.ExitCode);
    }

    [Fact]
    public async Task Critical_goes_before_warning()
    {
        var run = await RunAsync("cluster", "-SnapshotPath", Path.Combine(Incidents, "healthy.json"), "--warning=members=4:,info_findings=5", "--critical=members=5:");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'members'=3;4:;5:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no check", "disk")]
    [InlineData("check needs what to check")]
    [InlineData("is no range", "cluster", "-w", "members=x")]
    [InlineData("takes name=range", "cluster", "-w", "5")]
    [InlineData("takes seconds", "cluster", "-t", "soon")]
    [InlineData("not reachable", "cluster", "-Uri", "http://127.0.0.1:1")]
    [InlineData("no answer within 0.001 s", "cluster", "-t", "0.001", "-Uri", "http://127.0.0.1:1")]
    [InlineData("There is no connection", "wal")]
    public async Task What_is_not_checked_is_unknown_on_standard_output(string why, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("PATRONIOPS UNKNOWN - ", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Contains(why, run.Output, StringComparison.Ordinal);
    }

    private static Task<HostRun> RunAsync(params string[] arguments) => PatroniOpsProcess.RunAsync(["check", .. arguments]);
}

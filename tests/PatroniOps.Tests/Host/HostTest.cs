
namespace PatroniOps.Tests.Host;

/// <summary>Runs <c>patroniops</c> with the small module.</summary>
public abstract class HostTest(SmallModule module) : IClassFixture<SmallModule>
{
    protected SmallModule Module { get; } = module;

    protected Task<HostRun> RunAsync(params string[] arguments) => PatroniOpsProcess.RunAsync(["-Module", Module.Folder, .. arguments]);

    /// <summary>Runs what must succeed without a word on standard error.</summary>
    protected async Task<HostRun> SucceedAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
        return run;
    }

    /// <summary>Runs what must fail, and returns its line on standard error.</summary>
    protected async Task<string> FailAsync(int exitCode, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal("", run.Output);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith("patroniops: ", run.Errors, StringComparison.Ordinal);
        return run.Errors.TrimEnd();
    }
}

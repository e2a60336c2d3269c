using System.Diagnostics;
using System.Globalization;

namespace PatroniOps.Tests.Host;

public sealed class StopTests(SmallModule module) : HostTest(module)
{
    private const string Endless = "'started'; try { while ($true) { } } finally { $Host.UI.WriteErrorLine('cleaned up') }";

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_the_pipeline_and_lets_it_clean_up(string signal, int exitCode)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var process = PatroniOpsProcess.Start(new HostStart("-Module", Module.Folder, "-Output", "json", "-Command", Endless));
        Assert.Equal("\"started\"", await process.StandardOutput.ReadLineAsync());
        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        var run = await PatroniOpsProcess.FinishAsync(process);
        Assert.Equal((exitCode, "cleaned up"), (run.ExitCode, run.Errors.TrimEnd()));
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_the_run()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var process = PatroniOpsProcess.Start(new HostStart("-Module", Module.Folder, "-Output", "json", "-Command", "while ($true) { 'more' }"));
        await process.StandardOutput.ReadLineAsync();
        process.StandardOutput.Close();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.Equal(141, process.ExitCode);
    }

    [Fact]
    public async Task A_reader_of_the_help_may_go_away()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var process = PatroniOpsProcess.Start(new HostStart("--help"));
        process.StandardOutput.Close();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.Equal((141, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync()));
    }
}

using System.Diagnostics;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Chaos;

/// <summary>The short form of <c>./test.sh chaos</c>: two kinds of fault, one that the module repairs and one that a person does.</summary>
public sealed class ChaosTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "patroniops-chaos");

    [RootFact]
    [Trait("Category", "Long")]
    public async Task A_minute_of_faults_is_told_repaired_and_loses_nothing()
    {
        var start = new ProcessStartInfo("unshare", ["--net", "--mount", "--", Program, "--minutes", "1", "--seed", "7", "--faults", "drop-slot,fill-disk"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await error);
        Assert.Contains("clean: seed 7", output, StringComparison.Ordinal);
    }
}

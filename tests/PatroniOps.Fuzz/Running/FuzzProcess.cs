using System.Diagnostics;
using System.Globalization;

namespace PatroniOps.Fuzz.Running;

/// <summary>Runs a target in a process of its own.</summary>
internal static class FuzzProcess
{
    public static FuzzResult Run(string target, FuzzOptions options)
    {
        FuzzFolder.Forget(target);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "--target", target, "--count", $"{options.Count}", "--seed", options.Seed.ToString(CultureInfo.InvariantCulture), "--quiet" },
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (FuzzFolder.Result(target) is { } result)
            return result;
        if (process.ExitCode != ExitCodes.Hung)
            TargetRun.Report(FuzzFolder.Last(target));
        FuzzFolder.ForgetCurrent(target);
        return new FuzzResult { Target = target, Inputs = 0, Failures = 1 };
    }
}

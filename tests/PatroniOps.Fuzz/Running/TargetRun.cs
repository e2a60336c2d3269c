using System.Diagnostics;

namespace PatroniOps.Fuzz.Running;

/// <summary>All inputs of one target in this process, which may die of one.</summary>
/// <param name="name">The target's name.</param>
/// <param name="options">How many, and which.</param>
internal sealed class TargetRun(string name, FuzzOptions options)
{
    // A process that has read a million of inputs, each of them forgotten, needs no more than this.
    private const long MostResident = 512L << 20;

    public int Run()
    {
        FuzzFolder.Forget(name);
        var watchdog = new Watchdog(name, Report);
        using var current = FuzzFolder.Current(name);
        var session = new FuzzSession(name, FuzzTargets.Create(name)!, options.Seed);
        var result = session.Run(options.Count, (index, input) =>
        {
            FuzzFolder.Keep(current, index, input);
            watchdog.Begin(index, input);
        }, Report);
        watchdog.Begin(-1, []);
        using var own = Process.GetCurrentProcess();
        result = result with { Resident = own.PeakWorkingSet64 };
        if (result.Resident > MostResident)
        {
            Console.WriteLine($"{name}: the process had {result.Resident} bytes of memory, at most {MostResident} are allowed");
            result = result with { Failures = result.Failures + 1 };
        }
        FuzzFolder.Save(result);
        FuzzFolder.ForgetCurrent(name);
        return result.Failures == 0 ? ExitCodes.Good : ExitCodes.Failed;
    }

    /// <summary>Keeps the input, and says how to have it again.</summary>
    public static void Report(FuzzFailure failure)
    {
        var file = FuzzFolder.Save(failure);
        Console.WriteLine($"{failure.Target}: input {failure.Index}: {failure.Reason}");
        if (failure.Input.Length <= 3000)
            Console.WriteLine($"  {Convert.ToBase64String(failure.Input)}");
        Console.WriteLine($"  repeat: dotnet run -c Release --project tests/PatroniOps.Fuzz -- --target {failure.Target} --input {System.IO.Path.GetRelativePath(Environment.CurrentDirectory, file)}");
    }
}

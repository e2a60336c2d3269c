using System.Runtime.CompilerServices;

namespace PatroniOps.LabTests.Support;

/// <summary>The environment that the module reads when it loads: a state folder of this run's own, and no telemetry.</summary>
internal static class ModuleEnvironment
{
    private static readonly string State = Path.Combine(Path.GetTempPath(), $"patroniops-labtests-{Environment.ProcessId}");

#pragma warning disable CA2255 // The engine looks at the variables once: they must be set before anything loads it.
    [ModuleInitializer]
    internal static void Prepare()
#pragma warning restore CA2255
    {
        Environment.SetEnvironmentVariable("PATRONIOPS_STATE", State);
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Directory.Exists(State))
                Directory.Delete(State, recursive: true);
        };
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PatroniOps.Benchmarks;

/// <summary>How long Import-Module takes in a fresh session, measured within it.</summary>
/// <param name="Where">The program that imported it.</param>
internal sealed record ImportTime(string Where, Series Times)
{
    public const double Target = 150;

    public static ImportTime Measure(Product product, int times)
    {
        var hasPowerShell = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "pwsh")));
        var result = new ImportTime(hasPowerShell ? "fresh `pwsh`" : "a fresh process with the PowerShell engine", new Series());
        for (var i = 0; i <= times; i++)
        {
            var text = hasPowerShell ? InPowerShell(product.Manifest) : Child.Run(Environment.ProcessPath!, ["--import", product.Manifest]);
            if (i > 0) // the first one fills the caches
                result.Times.Add(double.Parse(text, CultureInfo.InvariantCulture));
        }
        return result;
    }

    /// <summary>In this process, which must be fresh; milliseconds.</summary>
    public static double MeasureHere(string manifest)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", "Stop");
        var watch = Stopwatch.StartNew();
        shell.Invoke();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static string InPowerShell(string manifest) => Child.Run(
        "pwsh",
        ["-NoProfile", "-NonInteractive", "-Command", "$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module $env:PATRONIOPS_MANIFEST -ErrorAction Stop; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"],
        new Dictionary<string, string> { ["PATRONIOPS_MANIFEST"] = manifest });
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PatroniOps.Benchmarks;

/// <summary>The stand-in of a fleet, in a process of its own, so that what it uses is not counted.</summary>
internal sealed class FleetProcess : IDisposable
{
    private readonly Process process;

    private FleetProcess(Process process, IReadOnlyList<Uri> addresses)
    {
        this.process = process;
        Addresses = addresses;
    }

    /// <summary>One a cluster.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    public static FleetProcess Start(int clusters)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "patroniops-lab");
        var start = new ProcessStartInfo(program, ["fleet", "--clusters", clusters.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        return process.StandardOutput.ReadLine() is { } line
            ? new FleetProcess(process, JsonSerializer.Deserialize<Uri[]>(line)!)
            : throw new InvalidOperationException($"{program} ended without addresses.");
    }

    /// <summary>Ends it, and tells how many looks there were at its clusters.</summary>
    public long End()
    {
        process.StandardInput.Close();
        return long.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            process.Kill();
        process.Dispose();
    }
}

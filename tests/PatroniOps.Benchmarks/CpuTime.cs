using System.Globalization;

namespace PatroniOps.Benchmarks;

/// <summary>Processor time, which says more than the clock while others use the machine.</summary>
internal static class CpuTime
{
    private const int MillisecondsPerTick = 10;

    /// <summary>Milliseconds that this process and the children that it has waited for have used, on all cores.</summary>
    /// <remarks>Source: proc(5), /proc/pid/stat, the fields 14 to 17.</remarks>
    public static double Used
    {
        get
        {
            var text = File.ReadAllText("/proc/self/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[11..15].Sum(f => long.Parse(f, CultureInfo.InvariantCulture)) * MillisecondsPerTick;
        }
    }
}

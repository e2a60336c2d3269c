using System.Globalization;

namespace PatroniOps.Benchmarks;

/// <summary>What a process has used and holds, by the kernel's word.</summary>
/// <param name="At">Since its watch began.</param>
/// <param name="Processor">Processor time so far.</param>
/// <param name="Resident">Bytes in memory.</param>
/// <param name="Sockets">Open sockets.</param>
/// <param name="Threads">Threads.</param>
internal sealed record WatchSample(TimeSpan At, TimeSpan Processor, long Resident, int Sockets, int Threads)
{
    // Source: Linux, proc_pid_stat(5); USER_HZ is 100 wherever .NET runs.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static WatchSample Take(int process, TimeSpan at)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        // The name stands in parentheses and may hold anything; utime is the twelfth field behind it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return new WatchSample(at, ticks * Tick, Kilobytes(process, "VmRSS") * 1024, SocketsOf(process), int.Parse(fields[17], CultureInfo.InvariantCulture));
    }

    private static long Kilobytes(int process, string name) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static int SocketsOf(int process) => new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos().Count(f => f.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}

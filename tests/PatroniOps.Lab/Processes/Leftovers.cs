namespace PatroniOps.Lab.Processes;

/// <summary>Finds and ends every process of a lab, also when the program that started it was killed.</summary>
/// <remarks>
/// A process belongs to the lab when its environment names the lab's directory (etcd, Patroni and their children), or when it is
/// a PostgreSQL server process working in a directory of the lab (PostgreSQL overwrites its environment). Nothing else is ever signalled.
/// </remarks>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<LabProcess> Find(LabPaths paths) =>
        [.. ProcFs.Pids().Where(pid => pid != Environment.ProcessId && IsOurs(paths, pid)).Select(LabProcess.Of).OfType<LabProcess>()];

    /// <summary>Ends all of them the hard way; returns how many there were.</summary>
    public static async Task<int> EndAsync(LabPaths paths, CancellationToken cancellationToken)
    {
        var found = Find(paths);
        // Patroni would start PostgreSQL again, so it goes first.
        foreach (var process in found.Where(p => !IsInside(paths, p.Pid)))
            process.Signal(LabSignal.Kill);
        // An immediate shutdown gives back the shared memory, which a kill would not.
        foreach (var process in found.Where(p => IsInside(paths, p.Pid)))
        {
            process.Signal(LabSignal.Quit);
            process.Signal(LabSignal.Continue);
        }

        await WaitAllAsync(found, cancellationToken);
        var stubborn = Find(paths);
        foreach (var process in stubborn)
            process.Signal(LabSignal.Kill);
        await WaitAllAsync(stubborn, cancellationToken);
        return found.Count;
    }

    private static Task<bool[]> WaitAllAsync(IEnumerable<LabProcess> processes, CancellationToken cancellationToken) =>
        Task.WhenAll(processes.Select(process => process.WaitForExitAsync(Patience, cancellationToken)));

    private static bool IsOurs(LabPaths paths, int pid) =>
        ProcFs.HasEnvironment(pid, Launcher.Marker, paths.Directory) || IsInside(paths, pid);

    private static bool IsInside(LabPaths paths, int pid) =>
        ProcFs.WorkingDirectory(pid) is { } directory
        && directory.StartsWith(paths.Directory + "/", StringComparison.Ordinal)
        && ProcFs.Program(pid) is "postgres";
}

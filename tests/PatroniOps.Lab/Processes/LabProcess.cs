namespace PatroniOps.Lab.Processes;

/// <summary>One process for good: a pid that was given to another program since is not taken for it.</summary>
/// <param name="StartTicks">Clock ticks between boot and its start.</param>
public readonly record struct LabProcess(int Pid, ulong StartTicks)
{
    public bool IsAlive => ProcFs.StartTicks(Pid) == StartTicks;

    /// <summary>PostgreSQL's process title, or the command line.</summary>
    public string Title => ProcFs.Title(Pid);

    /// <summary>The processes that a process has started.</summary>
    public static IReadOnlyList<LabProcess> ChildrenOf(int pid) => [.. ProcFs.Children(pid).Select(Of).OfType<LabProcess>()];

    internal static LabProcess? Of(int pid) => ProcFs.StartTicks(pid) is { } ticks ? new LabProcess(pid, ticks) : null;

    /// <summary>Sends a signal; false when the process is gone.</summary>
    public bool Signal(LabSignal signal) => IsAlive && Native.Kill(Pid, (int)signal) == 0;

    /// <summary>Waits for the process to end; false when it did not in time.</summary>
    public async Task<bool> WaitForExitAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        while (IsAlive)
        {
            if (clock.GetElapsedTime(started) > timeout)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
        }

        return true;
    }

    /// <summary>Asks the process to end, and ends it the hard way when it does not in time.</summary>
    internal async Task EndAsync(LabSignal signal, TimeSpan patience, CancellationToken cancellationToken)
    {
        Signal(signal);
        if (await WaitForExitAsync(patience, cancellationToken))
            return;
        Signal(LabSignal.Kill);
        await WaitForExitAsync(TimeSpan.FromSeconds(5), cancellationToken);
    }
}

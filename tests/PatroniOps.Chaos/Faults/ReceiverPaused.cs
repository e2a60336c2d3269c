using PatroniOps.Lab.Processes;

namespace PatroniOps.Chaos.Faults;

/// <summary>A replica's WAL receiver hangs: it looks connected and hears nothing.</summary>
internal sealed class ReceiverPaused : IFault
{
    public string Name => "pause-receiver";

    public string Description => "the WAL receiver hangs (SIGSTOP)";

    public bool MayHitLeader => false;

    public IReadOnlyList<string> Causes => ["ReceiverStale"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken) => Signal(site, LabSignal.Stop);

    public Task HealAsync(FaultSite site, CancellationToken cancellationToken) => Signal(site, LabSignal.Continue);

    private static Task Signal(FaultSite site, LabSignal signal)
    {
        site.Victim.SignalPostgres("walreceiver", signal);
        return Task.CompletedTask;
    }
}

using PatroniOps.Lab.Processes;

namespace PatroniOps.Chaos.Faults;

/// <summary>
/// Patroni hangs, and goes on after a while as if no time had passed. On a leader it is ended and started again instead, as a watchdog or a person does:
/// Patroni 3.0 with etcd3 would take the key back from who leads since, and rows that were committed meanwhile would be lost (LeaderBehindReplicas).
/// </summary>
internal sealed class PatroniPaused : IFault
{
    public string Name => "pause-patroni";

    public string Description => "Patroni hangs (SIGSTOP)";

    public bool MayHitLeader => true;

    public IReadOnlyList<string> Causes => ["PatroniUnreachable", "PatroniDown"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        site.Victim.Patroni?.Signal(LabSignal.Stop);
        return Task.CompletedTask;
    }

    public async Task HealAsync(FaultSite site, CancellationToken cancellationToken)
    {
        if (site.Victim != site.Leader)
        {
            site.Victim.Patroni?.Signal(LabSignal.Continue);
            return;
        }
        await site.Victim.KillPatroniAsync(cancellationToken);
        site.Victim.Start();
    }
}

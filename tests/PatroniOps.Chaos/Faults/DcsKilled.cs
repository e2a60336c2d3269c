using PatroniOps.Lab.Processes;

namespace PatroniOps.Chaos.Faults;

/// <summary>etcd is killed: no member keeps its key, and the leader demotes itself.</summary>
internal sealed class DcsKilled : IFault
{
    public string Name => "kill-etcd";

    public string Description => "kill -9 of etcd";

    public bool MayHitLeader => true;

    public bool HitsAll => true;

    public IReadOnlyList<string> Causes => ["DcsNotSeen"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        site.Lab.SignalDcs(LabSignal.Kill);
        return Task.CompletedTask;
    }

    public Task HealAsync(FaultSite site, CancellationToken cancellationToken)
    {
        site.Lab.RestartDcs();
        return Task.CompletedTask;
    }
}

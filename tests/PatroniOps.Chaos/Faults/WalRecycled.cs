using PatroniOps.Lab;

namespace PatroniOps.Chaos.Faults;

/// <summary>The WAL that a replica needs is removed from the leader, while another replica still has it.</summary>
internal sealed class WalRecycled : IFault
{
    private IReadOnlyList<LabMember> keepers = [];

    public string Name => "recycle-wal";

    public string Description => "WAL that it needs is left on one other replica";

    public bool MayHitLeader => false;

    public IReadOnlyList<string> Causes => ["ReplicaNotStreaming"];

    public string? CauseText => "has recycled; it is still on";

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        keepers = [site.Lab.Members.First(m => m != site.Leader && m != site.Victim)];
        return WalLoss.InflictAsync(site, keepers, cancellationToken);
    }

    // Bringing the WAL is the module's; until it has, the keeper keeps it.
    public Task HealAsync(FaultSite site, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TidyAsync(FaultSite site, CancellationToken cancellationToken) => WalLoss.ForgetAsync(keepers, cancellationToken);
}

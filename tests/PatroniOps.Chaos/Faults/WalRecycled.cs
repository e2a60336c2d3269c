namespace PatroniOps.Chaos.Faults;

/// <summary>The WAL that a replica needs is removed from the leader, while another replica still has it.</summary>
internal sealed class WalRecycled : IFault
{
    public string Name => "recycle-wal";

    public string Description => "WAL that it needs is gone from the leader";

    public bool MayHitLeader => false;

    public IReadOnlyList<string> Causes => ["WalOnAnotherMember", "WalMissing"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken) => WalLoss.InflictAsync(site, [site.Leader], cancellationToken);

    // That is the module's.
    public Task HealAsync(FaultSite site, CancellationToken cancellationToken) => Task.CompletedTask;
}

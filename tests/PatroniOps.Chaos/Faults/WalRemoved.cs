namespace PatroniOps.Chaos.Faults;

/// <summary>The WAL that a replica needs is removed from every member.</summary>
internal sealed class WalRemoved : IFault
{
    public string Name => "remove-wal";

    public string Description => "WAL that it needs is gone from every member";

    public bool MayHitLeader => false;

    public IReadOnlyList<string> Causes => ["WalMissing"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken) =>
        WalLoss.InflictAsync(site, [], cancellationToken);

    // That is the module's.
    public Task HealAsync(FaultSite site, CancellationToken cancellationToken) => Task.CompletedTask;
}

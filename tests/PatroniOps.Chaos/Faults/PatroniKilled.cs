namespace PatroniOps.Chaos.Faults;

/// <summary>Patroni is killed, and PostgreSQL runs on without it.</summary>
internal sealed class PatroniKilled : IFault
{
    public string Name => "kill-patroni";

    public string Description => "kill -9 of Patroni";

    public bool MayHitLeader => true;

    public IReadOnlyList<string> Causes => ["PatroniUnreachable", "PatroniDown"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken) => site.Victim.KillPatroniAsync(cancellationToken);

    public Task HealAsync(FaultSite site, CancellationToken cancellationToken)
    {
        site.Victim.Start();
        return Task.CompletedTask;
    }
}

using PatroniOps.Lab.Processes;

namespace PatroniOps.Chaos.Faults;

/// <summary>
/// PostgreSQL hangs with all its processes, and goes on after a while. Its Patroni waits for it: a leader's is the one of <see cref="PatroniPaused"/>, and
/// the node is reset as a watchdog does it.
/// </summary>
internal sealed class PostgresPaused : IFault
{
    public string Name => "pause-postgres";

    public string Description => "PostgreSQL hangs (SIGSTOP)";

    public bool MayHitLeader => true;

    public IReadOnlyList<string> Causes => ["PostgresDown", "MemberDown"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        site.Victim.SignalPostgres("", LabSignal.Stop);
        return Task.CompletedTask;
    }

    public async Task HealAsync(FaultSite site, CancellationToken cancellationToken)
    {
        if (site.Victim != site.Leader)
        {
            site.Victim.SignalPostgres("", LabSignal.Continue);
            return;
        }
        await site.Victim.KillAsync(cancellationToken);
        site.Victim.Start();
    }
}

using PatroniOps.Lab.Processes;

namespace PatroniOps.Chaos.Faults;

/// <summary>PostgreSQL hangs with all its processes, and goes on after a while.</summary>
internal sealed class PostgresPaused : IFault
{
    public string Name => "pause-postgres";

    public string Description => "PostgreSQL hangs (SIGSTOP)";

    public bool MayHitLeader => true;

    public IReadOnlyList<string> Causes => ["PostgresDown", "MemberDown"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken) => Signal(site, LabSignal.Stop);

    public Task HealAsync(FaultSite site, CancellationToken cancellationToken) => Signal(site, LabSignal.Continue);

    private static Task Signal(FaultSite site, LabSignal signal)
    {
        site.Victim.SignalPostgres("", signal);
        return Task.CompletedTask;
    }
}

using PatroniOps.Lab;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Chaos.Faults;

/// <summary>PostgreSQL is killed, and killed again whenever Patroni has started it, as by a system that is out of memory.</summary>
internal sealed class PostgresKilled : IFault, IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stop = new();
    private Task killing = Task.CompletedTask;

    public string Name => "kill-postgres";

    public string Description => "kill -9 of PostgreSQL, again and again";

    public bool MayHitLeader => true;

    public IReadOnlyList<string> Causes => ["PostgresDown", "MemberRestarting", "StartingForever"];

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        killing = Task.Run(() => KillAsync(site.Victim), cancellationToken);
        return Task.CompletedTask;
    }

    public async Task HealAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await killing;
    }

    public void Dispose() => stop.Dispose();

    private async Task KillAsync(LabMember victim)
    {
        while (!stop.IsCancellationRequested)
        {
            victim.Postmaster?.Signal(LabSignal.Kill);
            await Task.Delay(Again, CancellationToken.None);
        }
    }
}

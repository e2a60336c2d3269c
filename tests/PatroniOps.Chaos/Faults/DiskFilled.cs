using PatroniOps.Lab;
using PatroniOps.Lab.Isolation;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.Chaos.Faults;

/// <summary>A member's disk fills up, and stays full until somebody frees it.</summary>
internal sealed class DiskFilled : IFault, IDisposable
{
    // More than lies ready to be written again.
    private const int Segments = 8;

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource stop = new();
    private Task filling = Task.CompletedTask;

    public string Name => "fill-disk";

    public string Description => "the member's disk is full";

    public bool MayHitLeader => true;

    public IReadOnlyList<string> Causes => ["DiskFull"];

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        filling = Task.Run(() => FillAsync(site.Victim), cancellationToken);
        try
        {
            for (var i = 0; i < Segments; i++)
                await site.Leader.ExecuteAsync(WalPressure.FillSegment, cancellationToken);
        }
        catch (Npgsql.NpgsqlException)
        {
            // The leader's own disk is full.
        }
    }

    public async Task HealAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await filling;
        MemberDisk.Free(site.Victim);
    }

    public void Dispose() => stop.Dispose();

    private async Task FillAsync(LabMember victim)
    {
        while (!stop.IsCancellationRequested)
        {
            await MemberDisk.FillAsync(victim, CancellationToken.None);
            await Task.Delay(Again, CancellationToken.None);
        }
    }
}

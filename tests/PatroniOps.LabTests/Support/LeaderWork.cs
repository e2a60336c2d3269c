using Npgsql;
using PatroniOps.Lab;

namespace PatroniOps.LabTests.Support;

/// <summary>Something that goes on all the time on whoever leads: begun again on the next leader, until it is ended.</summary>
internal sealed class LeaderWork : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    /// <param name="lab">The cluster.</param>
    /// <param name="work">What is done on a leader while it is to go on; what was begun is not cancelled.</param>
    public LeaderWork(LabCluster lab, Func<LabMember, Func<bool>, Task> work) => loop = Task.Run(() => RunAsync(lab, work));

    /// <summary>Ends it, after what it is doing.</summary>
    public async Task EndAsync()
    {
        await stop.CancelAsync();
        await loop;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stop.Dispose();
    }

    private async Task RunAsync(LabCluster lab, Func<LabMember, Func<bool>, Task> work)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await lab.LeaderAsync() is { } leader)
                    await work(leader, () => !stop.IsCancellationRequested);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or HttpRequestException or TaskCanceledException)
            {
                // There is no leader at this moment.
                await Task.Delay(Pause);
            }
        }
    }
}

using PatroniOps.Patroni;

namespace PatroniOps.Watching;

/// <summary>Looks at clusters again and again, each at its own pace, spread over the interval; what one does never delays the others.</summary>
/// <param name="options">How.</param>
/// <param name="time">The clock.</param>
public sealed class FleetWatcher(WatchOptions options, TimeProvider time)
{
    // Looks that wait for a silent cluster cost no more than what they have read so far.
    private const int MostAtOnce = 32;

    private readonly GarbagePace garbage = new();

    /// <summary>Watches until it is cancelled, or for as long as the options say.</summary>
    /// <param name="targets">The clusters.</param>
    /// <param name="onLook">Takes each look as it is done; several at the same time, those at one cluster in order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(IReadOnlyList<WatchTarget> targets, Func<ClusterLook, CancellationToken, Task> onLook, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(MostAtOnce);
        // Whatever ends one loop ends all of them.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loops = targets.Select((target, i) => WatchAsync(target, options.Interval * i / targets.Count, places, onLook, end)).ToList();
        await Task.WhenAll(loops).ConfigureAwait(false);
    }

    private async Task WatchAsync(WatchTarget target, TimeSpan offset, SemaphoreSlim places, Func<ClusterLook, CancellationToken, Task> onLook, CancellationTokenSource end)
    {
        try
        {
            var watch = new ClusterWatch(options.EffectiveSettle, options.Thresholds);
            var started = time.GetTimestamp();
            for (var due = offset; options.Duration is not { } limit || due <= limit; due = Next(due, time.GetElapsedTime(started)))
            {
                if (due - time.GetElapsedTime(started) is { } wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, time, end.Token).ConfigureAwait(false);
                await places.WaitAsync(end.Token).ConfigureAwait(false);
                try
                {
                    await onLook(await LookAsync(target, watch, end.Token).ConfigureAwait(false), end.Token).ConfigureAwait(false);
                }
                finally
                {
                    places.Release();
                }
                garbage.Step();
            }
        }
        catch
        {
            await end.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    // A look that took longer than the interval is followed by the next at once; those that were missed are not made up for.
    private TimeSpan Next(TimeSpan due, TimeSpan now) => due + options.Interval > now ? due + options.Interval : now;

    private async Task<ClusterLook> LookAsync(WatchTarget target, ClusterWatch watch, CancellationToken cancellationToken)
    {
        try
        {
            return watch.See(await target.LookAsync(time, cancellationToken).ConfigureAwait(false));
        }
        catch (PatroniOpsException e)
        {
            return watch.See(target.Name, e, time.GetUtcNow());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Nobody sits by for days: what goes wrong with one look is told, and ends neither the watch nor the others.
            return watch.See(target.Name, new PatroniOpsException(FailureKind.InvalidAnswer, $"The look failed: {e.GetType().Name}: {e.Message}", e), time.GetUtcNow());
        }
    }
}

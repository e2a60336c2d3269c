using PatroniOps.Connections;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Tells how far a copy is while it runs.</summary>
internal static class CopyWatch
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs the copy and returns what it returned.</summary>
    public static async Task<T> WhileAsync<T>(PatroniConnection connection, MemberSnapshot source, Action<RebuildProgress> progress, Func<Task<T>> copy, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(connection, source, progress, done.Token);
        try
        {
            return await copy().ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
        }
    }

    private static async Task WatchAsync(PatroniConnection connection, MemberSnapshot source, Action<RebuildProgress> progress, CancellationToken cancellationToken)
    {
        var copy = new CopyProgress(connection, source);
        try
        {
            while (true)
            {
                progress(await copy.ReadAsync("copying", cancellationToken).ConfigureAwait(false));
                await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The copy has ended.
        }
    }
}

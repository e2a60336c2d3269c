namespace PatroniOps.Postgres;

/// <summary>
/// Holds work to its limit whatever the server does. A token alone does not: Npgsql cancels a query over another connection, on the thread that
/// cancels, and waits for the server; and it computes as many rounds of SCRAM as the server wants.
/// </summary>
internal static class TimeLimit
{
    // Most work ends at once when it is told to; it is waited for, so that nothing is left open.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the work; what has not ended in time is told to end, and left to itself.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="work">It disposes what it opened, also when it ends late.</param>
    /// <param name="cancellationToken">Ends it earlier.</param>
    /// <exception cref="TimeoutException">The limit was reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<T> RunAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        // Not disposed: what is left to itself goes on looking at it, and it holds no more than memory.
        var stop = new CancellationTokenSource();
        var task = Task.Run(() => work(stop.Token), CancellationToken.None);
        try
        {
            return await task.WaitAsync(limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!task.IsCompleted && e is TimeoutException or OperationCanceledException)
        {
            _ = stop.CancelAsync();
            await Task.WhenAny(task, Task.Delay(Grace, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
    }
}

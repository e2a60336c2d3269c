using Npgsql;

namespace PatroniOps.Chaos;

/// <summary>Waiting for something to become true.</summary>
internal static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks again and again until the answer is null; what is still missing at the end of the time, or null.</summary>
    public static async Task<string?> NullAsync(TimeSpan timeout, Func<CancellationToken, Task<string?>> missing, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await AnswerAsync(missing, cancellationToken);
            if (answer is null || TimeProvider.System.GetElapsedTime(started) > timeout)
                return answer;
            await Task.Delay(Interval, cancellationToken);
        }
    }

    // A server that is not up says so by an error.
    private static async Task<string?> AnswerAsync(Func<CancellationToken, Task<string?>> missing, CancellationToken cancellationToken)
    {
        try
        {
            return await missing(cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or HttpRequestException or TimeoutException or IOException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return e.Message;
        }
    }
}

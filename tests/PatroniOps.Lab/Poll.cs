namespace PatroniOps.Lab;

/// <summary>Waiting for something of another process to become true.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the answer is null (done); the last answer says what is still missing.</summary>
    /// <exception cref="LabException">It did not happen in time.</exception>
    public static async Task UntilAsync(string what, TimeSpan timeout, Func<CancellationToken, Task<string?>> missing, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        string? answer = null;
        while (true)
        {
            try
            {
                answer = await missing(cancellationToken);
            }
            catch (Exception e) when (IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                answer = e.Message;
            }

            if (answer is null)
                return;
            if (clock.GetElapsedTime(started) > timeout)
                throw new LabException($"Waited {timeout.TotalSeconds:0} s for {what}: {answer}");
            await Task.Delay(Interval, clock, cancellationToken);
        }
    }

    /// <summary>Errors of a server that is not up yet, or going down.</summary>
    private static bool IsTransient(Exception e) =>
        e is HttpRequestException or Npgsql.NpgsqlException or TimeoutException or IOException or TaskCanceledException or System.Text.Json.JsonException;
}

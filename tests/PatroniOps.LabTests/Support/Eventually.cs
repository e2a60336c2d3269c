namespace PatroniOps.LabTests.Support;

/// <summary>Waiting for a state with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads again and again until the value is as wanted, and returns it.</summary>
    public static async Task<T> ReadAsync<T>(TimeSpan timeout, Func<Task<T>> read, Func<T, bool> isWanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (isWanted(value))
                return value;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < timeout, $"Not as wanted after {timeout.TotalSeconds:0} s: {value}");
            await Task.Delay(Interval);
        }
    }

    public static Task<T> Read<T>(TimeSpan timeout, Func<T> read, Func<T, bool> isWanted) =>
        ReadAsync(timeout, () => Task.FromResult(read()), isWanted);
}

namespace PatroniOps.Fuzz.Running;

/// <summary>Ends this process when one input takes too long: whatever reads it cannot be interrupted.</summary>
internal sealed class Watchdog
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Action<FuzzFailure> failed;
    private readonly string target;
    private long index = -1;
    private byte[] input = [];

    /// <param name="target">The target's name.</param>
    /// <param name="failed">Told before the process ends.</param>
    public Watchdog(string target, Action<FuzzFailure> failed)
    {
        (this.target, this.failed) = (target, failed);
        new Thread(Watch) { IsBackground = true }.Start();
    }

    /// <summary>An input is about to be read.</summary>
    public void Begin(long number, byte[] bytes)
    {
        input = bytes;
        Volatile.Write(ref index, number);
    }

    private void Watch()
    {
        var (seen, ticks) = (-1L, 0);
        while (true)
        {
            Thread.Sleep(Interval);
            var now = Volatile.Read(ref index);
            ticks = now == seen && now >= 0 ? ticks + 1 : 0;
            seen = now;
            if (ticks * Interval < FuzzSession.Limit)
                continue;
            failed(new FuzzFailure(target, now, input, $"did not end within {FuzzSession.Limit.TotalSeconds} s"));
            Environment.Exit(ExitCodes.Hung);
        }
    }
}

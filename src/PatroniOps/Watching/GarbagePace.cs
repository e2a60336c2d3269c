namespace PatroniOps.Watching;

/// <summary>
/// Has garbage collected every so many bytes, the young mostly. Left alone the runtime lets it grow to the size of the processor's cache, which on a large server is
/// hundreds of megabytes: too much for something that runs beside other work for days. What a look leaves behind is dead, so that collecting it costs next to nothing.
/// </summary>
internal sealed class GarbagePace
{
    private const long Every = 24L << 20;
    private const int Young = 1;
    private const int Old = 2;

    // What outlived a look that waited for a silent server.
    private const int OldEvery = 16;

    private int collections;
    private long collectedAt = GC.GetTotalAllocatedBytes();

    /// <summary>After each look; from any thread.</summary>
    public void Step()
    {
        var before = Interlocked.Read(ref collectedAt);
        var now = GC.GetTotalAllocatedBytes();
        if (now - before >= Every && Interlocked.CompareExchange(ref collectedAt, now, before) == before)
            GC.Collect(Interlocked.Increment(ref collections) % OldEvery == 0 ? Old : Young, GCCollectionMode.Forced);
    }
}

namespace PatroniOps.Watching;

/// <summary>
/// Has young garbage collected every so many bytes. Left alone the runtime lets it grow to the size of the processor's cache, which on a large server is
/// hundreds of megabytes: too much for something that runs beside other work for days. What a look leaves behind is dead, so that collecting it costs next to nothing.
/// </summary>
internal sealed class GarbagePace
{
    private const long Every = 48L << 20;
    private const int Young = 1;

    private long collectedAt = GC.GetTotalAllocatedBytes();

    /// <summary>After each look; from any thread.</summary>
    public void Step()
    {
        var before = Interlocked.Read(ref collectedAt);
        var now = GC.GetTotalAllocatedBytes();
        if (now - before >= Every && Interlocked.CompareExchange(ref collectedAt, now, before) == before)
            GC.Collect(Young, GCCollectionMode.Forced);
    }
}

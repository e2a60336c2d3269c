namespace PatroniOps.Benchmarks;

/// <summary>What this process holds when so many clusters have been judged.</summary>
/// <param name="Clusters">How many results have passed.</param>
/// <param name="Heap">Bytes of managed objects that are alive.</param>
/// <param name="WorkingSet">Bytes that the process has in memory, before garbage was looked for.</param>
internal sealed record MemorySample(int Clusters, long Heap, long WorkingSet)
{
    public static MemorySample Take(int clusters)
    {
        var workingSet = Environment.WorkingSet;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new MemorySample(clusters, GC.GetTotalMemory(forceFullCollection: true), workingSet);
    }
}

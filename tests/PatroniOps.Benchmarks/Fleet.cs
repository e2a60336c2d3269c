using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;

namespace PatroniOps.Benchmarks;

/// <summary>Hundreds of clusters of three, fetched and judged in one pipeline, against one cluster; and what is held meanwhile.</summary>
internal sealed record Fleet(Series One, Series All, IReadOnlyList<MemorySample> Memory)
{
    public const int Clusters = 500;

    private const int SampleEvery = 100;
    private const int Runs = 3;

    // The calls under way and the runtime's own doings move a sample by so much; a fleet whose snapshots were kept would quadruple the heap.
    private const double Noise = 1.2;

    private const string Judge =
        "param($addresses, $credential, $took) $addresses | ForEach-Object { [pscustomobject]@{ Uri = $_ } } | Test-PatroniCluster -PostgresCredential $credential | ForEach-Object { $took.Invoke($_) }";

    /// <summary>The last sample is no more than noise above the first.</summary>
    public bool IsMemoryFlat => Memory[^1].Heap <= Memory[0].Heap * Noise && Memory[^1].WorkingSet <= Memory[0].WorkingSet * Noise;

    public double MillisecondsPerCluster => All.Median / Clusters;

    public static Fleet Measure(Product product, int pairs)
    {
        using var servers = FleetProcess.Start(Clusters);
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([product.Manifest]);
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        var (one, all, memory) = (new Series(), new Series(), new List<MemorySample>());
        var single = servers.Addresses.Take(1).ToList();
        Run(runspace, servers.Addresses); // loads and compiles; it does not count
        Run(runspace, servers.Addresses, passed =>
        {
            if (passed % SampleEvery == 0)
                memory.Add(MemorySample.Take(passed));
        });
        for (var i = 0; i < pairs; i++)
            one.Time(() => Run(runspace, single));
        for (var i = 0; i < Runs; i++)
            all.Time(() => Run(runspace, servers.Addresses));
        return new Fleet(one, all, memory);
    }

    private static void Run(Runspace runspace, IReadOnlyList<Uri> addresses, Action<int>? onPassed = null)
    {
        var (passed, broken) = (0, 0);
        Action<PSObject> took = verdict =>
        {
            passed++;
            broken += verdict.Properties["IsHealthy"].Value is true ? 0 : 1;
            onPassed?.Invoke(passed);
        };
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(Judge).AddArgument(addresses).AddArgument(Credential()).AddArgument(took).Invoke();
        if (shell.HadErrors || passed != addresses.Count || broken != addresses.Count / 10)
            throw new InvalidOperationException($"{passed} of {addresses.Count} clusters were judged, {broken} as not healthy; errors: {string.Join("; ", shell.Streams.Error)}");
    }

    private static PSCredential Credential()
    {
        var secret = new SecureString();
        secret.AppendChar('x');
        secret.MakeReadOnly();
        return new PSCredential("observer", secret);
    }
}

using System.Diagnostics;
using PatroniOps.Lab.Faults;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Faults;

/// <summary>Looks at hanging endpoints, again and again: nothing grows.</summary>
[Trait("Category", "Long")]
public sealed class RepetitionTests
{
    private const int Rounds = 6;

    // What the runtime may add by itself meanwhile.
    private const int Tolerance = 10;

    [Fact]
    public async Task Neither_threads_nor_handles_nor_files_grow_with_the_looks()
    {
        await using var fleet = new FaultyFleet();
        using var session = fleet.Open();
        fleet.Rest[1].Fault = LineFaults.HalfOpen;
        fleet.Rest[2].Fault = HttpFaults.EndlessBody;
        fleet.Sql[0].Fault = LineFaults.Drip;
        fleet.Sql[1].Fault = PostgresFaults.EndlessRows;
        fleet.Sql[2].Fault = LineFaults.HalfOpenMidway;
        await LookAsync(fleet, session);
        var (files, before) = (Footprint.Files(), Counted());
        for (var round = 0; round < Rounds; round++)
            await LookAsync(fleet, session);

        var after = await Eventually.Read(TimeSpan.FromSeconds(60), Counted, now => now.Threads <= before.Threads + Tolerance && now.Handles <= before.Handles + Tolerance);
        Assert.True(after.Threads > 0 && after.Handles > 0);
        Assert.Equal(files, Footprint.Files());
    }

    private static async Task LookAsync(FaultyFleet fleet, ModuleSession session)
    {
        var answer = await Task.Run(() => session.Invoke("$c = Connect-PatroniCluster -Uri $seeds[0] -PostgresCredential $observer -Timeout 1; $c | Test-PatroniCluster; $c | Disconnect-PatroniCluster"));
        Assert.NotEmpty(answer.Errors);
        await fleet.NothingIsLeftOpenAsync();
    }

    private static (int Threads, int Handles) Counted()
    {
        using var self = Process.GetCurrentProcess();
        return (self.Threads.Count, Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
    }
}

using PatroniOps.Diagnosis;
using PatroniOps.Lab.StandIn;
using PatroniOps.LabTests.Support;
using PatroniOps.LabTests.Verdicts;
using PatroniOps.Snapshots;
using PatroniOps.Watching;

namespace PatroniOps.LabTests.Watching;

/// <summary>A fleet of stand-ins is watched by one cmdlet: the short form of <c>./test.sh soak</c>.</summary>
public sealed class FleetWatchTests
{
    private const int Clusters = 20;
    private const string Watch = "$seeds | ForEach-Object { [pscustomobject]@{ Uri = $_ } } | Watch-PatroniCluster -PostgresCredential $observer -Interval 1 -For 8";

    [Fact(Timeout = 120_000)]
    public async Task Each_cluster_is_told_of_once_recorded_and_let_go()
    {
        using var folder = new TemporaryFolder();
        // A connection that was left open would keep the stand-in from ending.
        await using (var fleet = FleetStandIn.Start(Clusters, TimeProvider.System))
        {
            var events = await Task.Run(() => WatchAll(fleet, $"{Watch} -Record '{folder.Path}'"));
            Assert.Equal(fleet.Clusters.Select(c => (c.Scope, c.IsBroken ? Verdict.PseudoHealthy : Verdict.Healthy)), events.Where(e => e.Kind == ClusterEventKind.Began).Select(e => (e.Cluster, e.Verdict)).Order());
            Assert.DoesNotContain(events, e => e.Kind is ClusterEventKind.Closed or ClusterEventKind.Improved or ClusterEventKind.Worsened);
            Assert.Equal(fleet.Clusters.Where(c => c.IsBroken).Select(c => c.Members[2].Name), events.Where(e => e.Id == "WalMissing").Select(e => e.Member!).Order(StringComparer.Ordinal));
        }
        var recordings = Directory.EnumerateDirectories(folder.Path).Select(SnapshotRecorder.Recordings).ToList();
        Assert.Equal(Clusters, recordings.Count);
        foreach (var recording in recordings)
        {
            var looks = 0;
            await foreach (var snapshot in SnapshotFile.LoadAllAsync(Assert.Single(recording), default))
                looks += snapshot.Members.Count == 3 ? 1 : 0;
            Assert.InRange(looks, 1, 9);
        }
    }

    private static IReadOnlyList<ClusterEvent> WatchAll(FleetStandIn fleet, string script)
    {
        using var session = ModuleSession.Open(fleet);
        return session.Run<ClusterEvent>(script);
    }
}

using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;
using PatroniOps.Watching;

namespace PatroniOps.Tests.Watching;

[Collection("PowerShell")]
public sealed class WatchCmdletTests : IDisposable
{
    private static readonly string Incidents = Path.Combine(TestEnvironment.RepositoryRoot, "examples", "incidents");

    private readonly PowerShellSession session = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_recording_is_replayed()
    {
        var recorder = new SnapshotRecorder(folder.Path, 1 << 20);
        foreach (var second in new[] { 0, 15, 30, 45, 60, 75 })
            await recorder.AppendAsync(Shifted(second is 15 ? Cluster.Healthy().Stuck("c", "0/2000000") : Cluster.Healthy(), second));
        var (output, errors, _) = session.Run("param($folder) Import-PatroniSnapshot $folder | Watch-PatroniCluster", folder.Path);

        Assert.Empty(errors);
        var missing = output.Select(o => (ClusterEvent)o.BaseObject).Where(e => e.Id == "WalMissing").ToList();
        Assert.Equal([ClusterEventKind.Opened, ClusterEventKind.Closed], missing.Select(e => e.Kind));
        Assert.Equal((Cluster.Now.AddSeconds(15), Cluster.Now.AddSeconds(60)), (missing[0].At, missing[1].At));
    }

    [Fact]
    public void Several_recorded_clusters_are_watched_one_by_one()
    {
        var (output, errors, _) = session.Run("param($folder) Import-PatroniSnapshot $folder/healthy.json, $folder/wal-removed.json | Watch-PatroniCluster", Incidents);

        Assert.Empty(errors);
        Assert.Equal([Verdict.Healthy, Verdict.PseudoHealthy], output.Select(o => (ClusterEvent)o.BaseObject).Where(e => e.Kind == ClusterEventKind.Began).Select(e => e.Verdict).Order());
    }

    [Fact]
    public void A_cluster_that_does_not_answer_is_watched_and_unknown()
    {
        var closed = new StubServer();
        var uri = closed.Uri;
        closed.Dispose();
        var (output, errors, _) = session.Run($"Watch-PatroniCluster -Uri {uri} -Interval 1 -For 2");

        Assert.Empty(errors);
        var events = output.Select(o => (ClusterEvent)o.BaseObject).ToList();
        Assert.Equal([(ClusterEventKind.Began, null), (ClusterEventKind.Opened, "ClusterUnreachable")], events.Select(e => (e.Kind, e.Id)));
        Assert.All(events, e => Assert.Equal(Verdict.Unknown, e.Verdict));
    }

    [Fact]
    public void Without_a_cluster_there_is_an_error_and_no_watch() =>
        Assert.Contains("There is no connection", Assert.Single(session.Run("Watch-PatroniCluster").Errors).ToString(), StringComparison.Ordinal);

    private static ClusterSnapshot Shifted(ClusterSnapshot snapshot, int seconds) => snapshot with { TakenAt = Cluster.Now.AddSeconds(seconds) };
}

using PatroniOps.Diagnosis;
using PatroniOps.Lab.StandIn;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests;

/// <summary>Many clusters in one pipeline, each an address, answered by a stand-in.</summary>
public sealed class FleetTests
{
    private const int Clusters = 40;
    private const string Judge = "$seeds | ForEach-Object { [pscustomobject]@{ Uri = $_ } } | Test-PatroniCluster -PostgresCredential $observer";

    [Fact(Timeout = 120_000)]
    public async Task One_pipeline_judges_each_cluster_of_a_fleet_by_itself()
    {
        await using var fleet = FleetStandIn.Start(Clusters, TimeProvider.System);
        var verdicts = await Task.Run(() => JudgeAll(fleet));
        Assert.Equal(fleet.Clusters.Select(c => c.Scope), verdicts.Select(v => v.Cluster));
        Assert.All(verdicts.Zip(fleet.Clusters), pair => Assert.Equal(
            pair.Second.IsBroken ? Verdict.PseudoHealthy : Verdict.Healthy, pair.First.Verdict));
        Assert.Equal(4, verdicts.Count(v => v.Verdict == Verdict.PseudoHealthy));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_member_that_lost_its_WAL_is_named()
    {
        await using var fleet = FleetStandIn.Start(10, TimeProvider.System);
        var broken = Assert.Single(await Task.Run(() => JudgeAll(fleet)), v => !v.IsHealthy);
        Assert.Equal(("fleet-010", "fleet-010-c"), (broken.Cluster, Assert.Single(broken.Members, m => m.Verdict == Verdict.PseudoHealthy).Member));
        Assert.All(broken.Members.SkipLast(1), m => Assert.Equal(Verdict.Healthy, m.Verdict));
    }

    private static IReadOnlyList<ClusterVerdict> JudgeAll(FleetStandIn fleet)
    {
        using var session = ModuleSession.Open(fleet);
        return session.Run<ClusterVerdict>(Judge);
    }
}

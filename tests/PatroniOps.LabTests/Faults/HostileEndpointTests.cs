using PatroniOps.Diagnosis;
using PatroniOps.Lab.Faults;

namespace PatroniOps.LabTests.Faults;

/// <summary>The shortest look at a cluster with bad endpoints beside one without.</summary>
public sealed class HostileEndpointTests
{
    [Fact]
    public async Task Bad_endpoints_are_told_and_hide_neither_the_other_members_nor_the_next_cluster()
    {
        await using var fleet = new FaultyFleet();
        using var session = fleet.Connect();
        fleet.Rest[1].Fault = HttpFaults.EndlessBody;
        fleet.Sql[2].Fault = PostgresFaults.EndlessRows;
        var answer = session.Invoke("$clusters | Test-PatroniCluster");

        var verdicts = answer.All<ClusterVerdict>();
        Assert.Equal(["fleet-001", "fleet-002"], verdicts.Select(v => v.Cluster).Order());
        var (bad, good) = (verdicts.Single(v => v.Cluster == "fleet-001"), verdicts.Single(v => v.Cluster == "fleet-002"));
        Assert.Equal(Verdict.Healthy, good.Verdict);
        Assert.False(bad.IsHealthy);
        Assert.Equal(Verdict.Healthy, bad.Members.Single(m => m.Member == "fleet-001-a").Verdict);
        Assert.NotEqual(Verdict.Healthy, bad.Members.Single(m => m.Member == "fleet-001-c").Verdict);
        Assert.Equal(["InvalidAnswer"], answer.ErrorIdsOf("fleet-001-b"));
        Assert.Equal(["TimedOut"], answer.ErrorIdsOf("fleet-001-c"));
        session.Run<object>("Get-PatroniConnection | Disconnect-PatroniCluster");
        await fleet.NothingIsLeftOpenAsync();
    }
}

using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>A leader whose Patroni hung goes on after a failover, and takes the key back, as Patroni 3.0 does with etcd3: what was committed meanwhile is on the others alone.</summary>
public sealed class LeaderTookKeyBackTests(LeaderTookKeyBackTests.Fixture fixture) : IClassFixture<LeaderTookKeyBackTests.Fixture>
{
    private const string Since = "committed since the failover";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public sealed class Fixture() : LabFixture("key-back", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Nobody_is_rebuilt_from_it_without_being_told()
    {
        var old = await Lab.TheLeaderAsync();
        old.Patroni!.Value.Signal(LabSignal.Stop);
        var next = (await Eventually.ReadAsync(Patience, () => Lab.LeaderAsync(), leader => leader is not null && leader != old))!;
        await Eventually.ReadAsync(Patience, () => next.ScalarAsync<bool>("SELECT pg_is_in_recovery()"), isInRecovery => !isInRecovery);
        await next.WriteAsync(Since);
        var third = Lab.Members.Single(m => m != old && m != next);
        await Eventually.ReadAsync(Patience, () => third.HasAsync(Since), isThere => isThere);

        // Left to itself it takes the key back now and then only: it depends on where in its work it hung.
        await Lab.GiveLeaderKeyAsync(old);
        old.Patroni!.Value.Signal(LabSignal.Continue);
        using var session = ModuleSession.Connect(Lab);
        var verdict = await Eventually.Read(Patience, () => session.Invoke("Test-PatroniCluster").All<ClusterVerdict>()[0], read => read.Findings.Any(f => f.Id == "LeaderBehindReplicas"));
        Assert.Equal(old.Name, verdict.Findings.Single(f => f.Id == "LeaderBehindReplicas").Member);
        Assert.Equal(Verdict.Critical, verdict.Verdict);

        var (id, text) = session.Invoke($"Repair-PatroniReplica {third.Name} {LabNode.Parameters(Lab, third)} -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("nothing was changed", text, StringComparison.Ordinal);
        Assert.True(await third.HasAsync(Since));
        Assert.False(await old.HasAsync(Since));
    }
}

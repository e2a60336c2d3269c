using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Planning;

namespace PatroniOps.LabTests;

/// <summary>The methods that work on the data in place, while a client writes.</summary>
public sealed class InPlaceRebuildTests(InPlaceRebuildTests.Fixture fixture) : IClassFixture<InPlaceRebuildTests.Fixture>
{
    public sealed class Fixture() : LabFixture("in-place", new LabOptions { Archive = ArchiveKind.PgBackRest });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_diverged_member_is_rewound()
    {
        using var session = ModuleSession.Connect(Lab);
        var before = await Lab.TheLeaderAsync();
        var replica = Lab.Members.First(member => member != before);
        var merelyBehind = session.Invoke($"Invoke-ReplicaRebuild {replica.Name} -Method Rewind {LabNode.Parameters(Lab, replica)} -Confirm:$false").OnlyError();
        Assert.Equal("Refused", merelyBehind.Id);
        Assert.Contains("there is nothing to rewind", merelyBehind.Text, StringComparison.Ordinal);

        var broken = await ScenarioCatalogue.Find("diverged-old-leader").BreakAsync(Lab);
        var victim = Lab.Member(broken.Member);
        await using var writer = Writer.Start(Lab);
        await Eventually.Read(TimeSpan.FromSeconds(60), () => session.Wal(victim.Name), wal => wal.Status == WalAvailabilityStatus.Diverged);
        var option = Option(session, victim, RecoveryMethod.Rewind);
        Assert.True(option is { IsFeasible: true, BytesToMove: > 0, BytesNote: not null }, option.ToString());
        var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} -Method Rewind -SoakTime 3s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal((ReplicaRebuildMethod.Rewind, false), (rebuilt.Method, rebuilt.IsUndoable));
        Assert.True(session.IsWalAvailable());
        await writer.AllRowsAreOnAsync(await Lab.TheLeaderAsync(), victim);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_member_is_restored_from_the_repository_unless_it_has_a_gap()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var victim = Lab.Members.First(member => member != leader);
        var without = session.Invoke($"Invoke-ReplicaRebuild {victim.Name} -Method DeltaRestore {LabNode.Parameters(Lab, victim)} -Confirm:$false").OnlyError();
        Assert.Contains("it has none", without.Text, StringComparison.Ordinal);

        await Lab.BackUpAsync(leader);
        await using var writer = Writer.Start(Lab);
        await leader.ExecuteAsync("SELECT pg_switch_wal(); CHECKPOINT; SELECT pg_switch_wal()");
        var option = Option(session, victim, RecoveryMethod.DeltaRestore);
        Assert.True(option is { IsFeasible: true, BytesToMove: > 1 << 20, BytesNote: not null }, option.ToString());
        var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} -Method DeltaRestore -SoakTime 3s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal((ReplicaRebuildMethod.DeltaRestore, false), (rebuilt.Method, rebuilt.IsUndoable));
        await writer.AllRowsAreOnAsync(leader, victim);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private RecoveryOption Option(ModuleSession session, LabMember victim, RecoveryMethod method) =>
        session.One<ReplicaRecoveryPlan>($"Get-ReplicaRecoveryPlan {victim.Name} {LabNode.Parameters(Lab, victim)}").Options.Single(o => o.Method == method);
}

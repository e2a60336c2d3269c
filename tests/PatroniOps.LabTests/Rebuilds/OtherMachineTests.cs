using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>A rebuild that one machine began and another goes on with, by the journal that lies on the node.</summary>
[Trait("Category", "Long")]
public sealed class OtherMachineTests(OtherMachineTests.Fixture fixture) : IClassFixture<OtherMachineTests.Fixture>
{
    public sealed class Fixture() : LabFixture("other-machine", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task The_journal_beside_the_data_is_enough_to_go_on()
    {
        var leader = await Lab.TheLeaderAsync();
        var victim = Lab.Members.Single(member => member != leader);
        await using var writer = Writer.Start(Lab);
        var elsewhere = Directory.CreateTempSubdirectory("elsewhere-");
        var store = new JournalStore(elsewhere.FullName);
        using var stop = new CancellationTokenSource();
        var stopped = await Assert.ThrowsAsync<PatroniOpsException>(() => LabRebuild.RunAsync(Lab, victim, request => request, moment =>
        {
            // Between the copy and the switch, where the member has been touched by nothing.
            if (moment is { Step: "verify", Phase: JournalEvent.Done })
                stop.Cancel();
        }, store, stop.Token));
        var id = Assert.Single(store.List()).Id;
        Assert.Contains($"-Resume {id}", stopped.Message, StringComparison.Ordinal);
        elsewhere.Delete(recursive: true);

        using var session = ModuleSession.Connect(Lab);
        var without = session.Invoke($"Invoke-ReplicaRebuild -Resume {id} -Confirm:$false").OnlyError();
        Assert.Contains($"This machine has no journal {id}", without.Text, StringComparison.Ordinal);
        var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild -Resume {id} {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal((id, victim.Name), (rebuilt.JournalId, rebuilt.Member));
        // From here on this machine has it too.
        Assert.Equal(RebuildStatus.Finished, session.One<ReplicaRebuildJournal>($"Get-ReplicaRebuildJournal {id}").Status);
        Assert.Equal(RebuildStatus.RolledBack, session.One<ReplicaRebuildJournal>($"Undo-ReplicaRebuild {id} -Confirm:$false").Status);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await writer.AllRowsAreOnAsync(leader, victim);
    }
}

using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>Patroni under a real supervisord: stopped for the swap, started afterwards, and back.</summary>
[Trait("Category", "Long")]
public sealed class SupervisorTests(SupervisorTests.Fixture fixture) : IClassFixture<SupervisorTests.Fixture>
{
    public sealed class Fixture() : LabFixture("supervisor", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [RootFact]
    public async Task A_base_backup_stops_and_starts_Patroni_through_supervisorctl()
    {
        var leader = await Lab.TheLeaderAsync();
        var victim = Lab.Members.Single(member => member != leader);
        await victim.StopAsync();
        using (var supervisor = SupervisorServer.Start(Lab, victim))
        {
            await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
            await using var writer = Writer.Start(Lab);
            using var session = ModuleSession.Connect(Lab);
            var node = $"-PatroniConfigPath '{victim.Addresses.PatroniConfig}' -ServiceKind Supervisor";
            var before = await victim.FingerprintAsync();

            var unknown = session.Invoke($"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup {node} -ServiceName nobody -Confirm:$false").OnlyError();
            Assert.Contains("does not tell whether Patroni runs", unknown.Text, StringComparison.Ordinal);
            Assert.Equal(before, await victim.FingerprintAsync());

            var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup -SoakTime 2s {node} -Confirm:$false");
            Assert.NotEqual(before, await victim.FingerprintAsync());
            Assert.Contains("RUNNING", supervisor.Status(), StringComparison.Ordinal);
            Assert.Equal(RebuildStatus.RolledBack, session.One<ReplicaRebuildJournal>($"Undo-ReplicaRebuild {rebuilt.JournalId} -Confirm:$false").Status);
            await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
            Assert.Contains("RUNNING", supervisor.Status(), StringComparison.Ordinal);
            await writer.AllRowsAreOnAsync(leader, victim);
        }
        victim.Start();
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }
}

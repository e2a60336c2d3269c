using System.Text.Json.Nodes;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>A rebuilt replica was promoted since: to put its old data back would lose what was committed on it.</summary>
public sealed class PromotedTests(PromotedTests.Fixture fixture) : IClassFixture<PromotedTests.Fixture>
{
    public sealed class Fixture() : LabFixture("promoted", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_member_that_leads_now_is_not_taken_back_until_another_leads()
    {
        var leader = await Lab.TheLeaderAsync();
        var victim = Lab.Members.First(member => member != leader);
        using var session = ModuleSession.Connect(Lab);
        var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup -SoakTime 1s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        await SwitchAsync(leader, victim);
        await victim.WriteAsync("on the new leader");
        var before = await victim.FingerprintAsync();

        var (id, text) = session.Invoke($"Undo-ReplicaRebuild {rebuilt.JournalId} -Confirm:$false").OnlyError();

        Assert.Equal("Refused", id);
        Assert.Contains($"{victim.Name} leads now", text, StringComparison.Ordinal);
        Assert.Equal(before, await victim.FingerprintAsync());
        Assert.True(Directory.Exists(rebuilt.OldDirectory));

        await SwitchAsync(victim, leader);
        Assert.Equal(RebuildStatus.RolledBack, session.One<ReplicaRebuildJournal>($"Undo-ReplicaRebuild {rebuilt.JournalId} -Confirm:$false").Status);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), () => victim.HasAsync("on the new leader"), isThere => isThere);
    }

    private async Task SwitchAsync(LabMember from, LabMember to)
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        try
        {
            await from.Rest.SendAsync(HttpMethod.Post, "/switchover", new JsonObject { ["leader"] = from.Name, ["candidate"] = to.Name });
        }
        catch (TaskCanceledException)
        {
            // It answers only when it is over.
        }
        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), async () => (await Lab.LeaderAsync())?.Name, name => name == to.Name);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }
}

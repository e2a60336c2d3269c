using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery.Planning;

namespace PatroniOps.LabTests;

/// <summary>The archive has the WAL and the replica does not ask for it: with the person's word for the command it does.</summary>
[Trait("Category", "Long")]
public sealed class RestoreCommandRepairTests(RestoreCommandRepairTests.Fixture fixture) : IClassFixture<RestoreCommandRepairTests.Fixture>
{
    public sealed class Fixture() : LabFixture("restore-command", new LabOptions { Members = 2, Archive = ArchiveKind.Directory, UseRestoreCommand = false });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_restore_command_is_given_to_the_cluster_and_the_member_streams()
    {
        var archive = Lab.Connection.Archive.Path!;
        var broken = await ScenarioCatalogue.Find("wal-removed").BreakAsync(Lab);
        var (leader, victim) = (await Lab.TheLeaderAsync(), Lab.Member(broken.Member));
        await using var writer = Writer.Start(Lab);
        using var session = ModuleSession.Connect(Lab, $"-ArchivePath '{archive}'");
        Assert.Equal((WalAvailabilityStatus.AvailableInArchive, false), (session.Wal(victim.Name).Status, session.Wal(victim.Name).IsAvailable));
        var before = $"{await leader.Rest.GetAsync("/config")}";

        IsRefused(session, victim, "needs your decision (-RestoreCommand)", "");
        IsRefused(session, victim, "names the file with %f", "-RestoreCommand 'cp /archive/latest here'");
        Assert.Empty(session.Invoke($"Repair-PatroniReplica {victim.Name} -Method FixRestoreCommand -RestoreCommand 'cp {archive}/%f %p' -WhatIf").Objects);
        Assert.Equal(before, $"{await leader.Rest.GetAsync("/config")}");

        var repaired = session.One<ReplicaRepairResult>($"Repair-PatroniReplica {victim.Name} -Method FixRestoreCommand -RestoreCommand 'cp {archive}/%f %p' -Confirm:$false");
        Assert.Equal((victim.Name, RecoveryMethod.FixRestoreCommand), (repaired.Member, repaired.Method));
        // The leader never shows the setting, and is not waited for.
        Assert.True(repaired.Duration < TimeSpan.FromMinutes(2), repaired.Duration.ToString());
        Assert.Equal($"cp {archive}/%f %p", await victim.ScalarAsync<string>("SHOW restore_command"));
        Assert.Equal("streaming", await victim.ScalarAsync<string>("SELECT status FROM pg_stat_wal_receiver"));
        await writer.AllRowsAreOnAsync(leader, victim);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private static void IsRefused(ModuleSession session, LabMember victim, string why, string more)
    {
        var (_, text) = session.Invoke($"Repair-PatroniReplica {victim.Name} -Method FixRestoreCommand {more} -Confirm:$false").OnlyError();
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Contains("othing was changed", text, StringComparison.Ordinal);
    }
}

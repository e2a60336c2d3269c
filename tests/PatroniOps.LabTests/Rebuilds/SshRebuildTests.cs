using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>The node over a real SSH server.</summary>
public sealed class SshRebuildTests(SshRebuildTests.Fixture fixture) : IClassFixture<SshRebuildTests.Fixture>
{
    public sealed class Fixture() : LabFixture("ssh", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Trait("Category", "Long")]
    [Fact]
    public async Task A_base_backup_on_another_machine()
    {
        using var ssh = SshServer.Start();
        var before = Sockets();
        var victim = await VictimAsync();
        await using var writer = Writer.Start(Lab);
        using var session = ModuleSession.Connect(Lab);

        var rebuilt = session.One<ReplicaRebuildResult>(Script(victim, ssh.Configuration()));
        Assert.True(Directory.Exists(rebuilt.OldDirectory));
        Assert.Equal(RebuildStatus.RolledBack, session.One<ReplicaRebuildJournal>($"Undo-ReplicaRebuild {rebuilt.JournalId} -Confirm:$false").Status);
        Assert.False(Directory.Exists(rebuilt.OldDirectory));
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await writer.AllRowsAreOnAsync(await Lab.TheLeaderAsync(), victim);
        // One for each of the two commands, whatever they do over it; nothing of it stays.
        Assert.Equal(2, ssh.Connections);
        Assert.Equal(before, Sockets());
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_leaves_a_rebuild_to_go_on_with()
    {
        using var ssh = SshServer.Start();
        var victim = await VictimAsync();
        await using var writer = Writer.Start(Lab);
        using var session = ModuleSession.Connect(Lab);
        var before = await victim.FingerprintAsync();
        using var sharing = SshSharing.Lease();

        var failure = await Assert.ThrowsAsync<PatroniOpsException>(() => LabRebuild.RunAsync(Lab, victim,
            request => request with { Node = new NodeOptions { HostName = SshServer.HostName, SshConfigPath = ssh.Configuration() } }, moment =>
            {
                if (moment is { Step: "verify", Phase: JournalEvent.Begun })
                    ssh.CutConnections();
            }));

        var journal = LabRebuild.Journals.List()[0];
        Assert.Contains($"-Resume {journal.Id}", failure.Message, StringComparison.Ordinal);
        Assert.Equal((RebuildStatus.Unfinished, victim.Name), (journal.Status, journal.Member));
        Assert.Equal(before, await victim.FingerprintAsync());

        var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild -Resume {journal.Id} -Confirm:$false");
        Assert.Equal(journal.Id, rebuilt.JournalId);
        Assert.NotEqual(before, await victim.FingerprintAsync());
        await writer.AllRowsAreOnAsync(await Lab.TheLeaderAsync(), victim);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Theory]
    [InlineData("config-unknown-host", "Host key verification failed", "TlsFailed")]
    [InlineData("config-changed-host", "Host key verification failed", "TlsFailed")]
    [InlineData("config-wrong-key", "Permission denied", "AuthenticationFailed")]
    public async Task A_host_or_a_user_that_is_not_known_is_refused(string configuration, string why, string id)
    {
        using var ssh = SshServer.Start();
        var victim = await VictimAsync();
        using var session = ModuleSession.Connect(Lab);
        var before = await victim.FingerprintAsync();

        var (errorId, text) = session.Invoke(Script(victim, ssh.Configuration(configuration))).OnlyError();

        Assert.Equal(id, errorId);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Equal(before, await victim.FingerprintAsync());
    }

    private static string[] Sockets() => [.. Directory.EnumerateDirectories(Path.GetTempPath(), "patroniops-ssh-*").Order(StringComparer.Ordinal)];

    private string Script(LabMember victim, string configuration) =>
        $"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup -SoakTime 1s -HostName {SshServer.HostName} -SshConfigPath '{configuration}' {LabNode.Parameters(Lab, victim)} -Confirm:$false";

    private async Task<LabMember> VictimAsync()
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await Lab.TheLeaderAsync();
        return Lab.Members.First(member => member != leader);
    }
}

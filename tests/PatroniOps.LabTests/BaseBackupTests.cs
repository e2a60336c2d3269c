using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.LabTests;

/// <summary>A base backup beside the data, proven and swapped in, while a client writes.</summary>
public sealed class BaseBackupTests(BaseBackupTests.Fixture fixture) : IClassFixture<BaseBackupTests.Fixture>
{
    // pg_rewind on is the setting under which a raw backup diverges.
    public sealed class Fixture() : LabFixture("base-backup", new LabOptions { UsePgRewind = true });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_broken_replica_streams_again_and_its_old_data_can_be_put_back()
    {
        var broken = await ScenarioCatalogue.Find("wal-removed").BreakAsync(Lab);
        var victim = Lab.Member(broken.Member);
        await using var writer = Writer.Start(Lab);
        using var session = ModuleSession.Connect(Lab);

        var other = Lab.Members.First(m => m.Name != broken.Member && m.Name != broken.Leader);
        var (id, text) = session.Invoke($"Invoke-ReplicaRebuild {other.Name} -Method BaseBackup -Source {victim.Name} {LabNode.Parameters(Lab, other)} -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("does not stream itself", text, StringComparison.Ordinal);

        var rebuilt = session.One<ReplicaRebuildResult>($"Test-WalAvailability | where Status -eq Missing | Invoke-ReplicaRebuild -Method BaseBackup -SoakTime 3s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal((victim.Name, ReplicaRebuildMethod.BaseBackup, true), (rebuilt.Member, rebuilt.Method, rebuilt.IsUndoable));
        Assert.True(Directory.Exists(rebuilt.OldDirectory));
        Assert.True(session.IsWalAvailable());
        await writer.AllRowsAreOnAsync(await Lab.TheLeaderAsync(), victim);
        Assert.Equal("streaming", await victim.ScalarAsync<string>("SELECT status FROM pg_stat_wal_receiver"));

        Assert.Equal(RebuildStatus.Finished, session.One<ReplicaRebuildJournal>($"Get-ReplicaRebuildJournal {rebuilt.JournalId}").Status);
        var undone = session.One<ReplicaRebuildJournal>($"Undo-ReplicaRebuild {rebuilt.JournalId} {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal(RebuildStatus.RolledBack, undone.Status);
        Assert.False(Directory.Exists(rebuilt.OldDirectory));
        await Eventually.Read(TimeSpan.FromSeconds(60), () => session.Wal(victim.Name), wal => wal.Status == Diagnosis.WalAvailabilityStatus.Missing);

        session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup -OldData Remove -SoakTime 1s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal(["data", "data.patroniops", "data.patroniops.lock"], Beside(victim).Where(n => !n.Contains("-new-", StringComparison.Ordinal)));
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_copy_is_made_by_itself_and_switched_to_later()
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await Lab.TheLeaderAsync();
        var replica = Lab.Members.First(member => member != leader);
        var before = await replica.FingerprintAsync();
        using var session = ModuleSession.Connect(Lab);

        var copy = session.One<ReplicaRebuildJournal>($"New-PatroniBaseBackup {replica.Name} -SoakTime 2s {LabNode.Parameters(Lab, replica)} -Confirm:$false");
        Assert.Equal(RebuildStatus.Unfinished, copy.Status);
        Assert.Equal(before, await replica.FingerprintAsync());
        var second = session.Invoke($"New-PatroniBaseBackup {replica.Name} {LabNode.Parameters(Lab, replica)} -Confirm:$false").OnlyError();
        Assert.Contains(copy.Id, second.Text, StringComparison.Ordinal);

        await leader.WriteAsync("between copy and switch");
        var switched = session.One<ReplicaRebuildResult>($"Get-ReplicaRebuildJournal {copy.Id} | Switch-PatroniDataDirectory -Confirm:$false");
        Assert.Equal((replica.Name, true), (switched.Member, switched.IsUndoable));
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => replica.HasAsync("between copy and switch"), isThere => isThere);
        Assert.NotEqual(before, await replica.FingerprintAsync());
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private static IEnumerable<string> Beside(LabMember member) =>
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(member.DataDirectory)!, "data*").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal);
}

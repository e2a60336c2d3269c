using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Planning;
using PatroniOps.Recovery.StandaloneBackups;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>The only good copy is saved elsewhere first: a verified backup that belongs to no member.</summary>
[Trait("Category", "Long")]
public sealed class StandaloneBackupTests(StandaloneBackupTests.Fixture fixture) : IClassFixture<StandaloneBackupTests.Fixture>
{
    public sealed class Fixture() : LabFixture("standalone", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_cluster_with_one_good_copy_gets_a_verified_backup_elsewhere()
    {
        var leader = await Lab.TheLeaderAsync();
        var replica = Lab.Members.Single(member => member != leader);
        using var session = ModuleSession.Connect(Lab);
        var plan = session.One<ReplicaRecoveryPlan>($"Get-ReplicaRecoveryPlan {replica.Name}");
        Assert.True(plan.IsSoleCopy);
        Assert.Contains("New-PatroniBaseBackup -Destination", plan.First, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("backup-");
        var place = Path.Combine(folder.FullName, "demo");

        IsRefused(session, "/", "is no place for a backup");
        IsRefused(session, folder.FullName, "already: nothing is written over it");
        IsRefused(session, "/nowhere/at/all", "has no directory /nowhere/at");
        Assert.Contains("-ReplicationCredential", session.Invoke($"New-PatroniBaseBackup -Destination '{place}' -Confirm:$false").OnlyError().Text, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFileSystemInfos());

        var backup = session.One<PatroniBaseBackup>(Script(place));
        Assert.Equal((leader.Name, place), (backup.Source, backup.Path));
        Assert.True(backup.Bytes > 1 << 20);
        Assert.Equal(await leader.ScalarAsync<string>("SELECT system_identifier::text FROM pg_control_system()"), backup.SystemIdentifier);
        Assert.Equal(["demo"], folder.EnumerateFileSystemInfos().Select(f => f.Name));
        Assert.True(File.Exists(Path.Combine(place, "backup_manifest")));
        folder.Delete(recursive: true);
    }

    private string Script(string place) => $"New-PatroniBaseBackup -Destination '{place}' -BinDirectory '{PatroniConfigFile.Read(Lab.Members[0].Addresses.PatroniConfig).BinDirectory}' -ReplicationCredential $replication -Confirm:$false";

    private void IsRefused(ModuleSession session, string place, string why)
    {
        var (id, text) = session.Invoke(Script(place)).OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", text, StringComparison.Ordinal);
    }
}

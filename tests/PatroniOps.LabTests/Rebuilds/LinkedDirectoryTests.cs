using System.Diagnostics;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>Directories of the data that lie elsewhere move with it: a pg_wal behind a link, and a tablespace.</summary>
[Trait("Category", "Long")]
public sealed class LinkedDirectoryTests(LinkedDirectoryTests.Fixture fixture) : IClassFixture<LinkedDirectoryTests.Fixture>
{
    public sealed class Fixture() : LabFixture("linked", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_linked_pg_wal_and_a_tablespace_are_copied_swapped_and_put_back()
    {
        var leader = await Lab.TheLeaderAsync();
        var victim = Lab.Members.Single(member => member != leader);
        var home = Path.GetDirectoryName(victim.DataDirectory)!;
        // Both servers run on this machine, and a tablespace has one place: the replica's is a place of its own behind its link.
        var (space, own) = (Owned(leader, "space"), Owned(victim, "space"));
        await leader.ExecuteAsync($"CREATE TABLESPACE aside LOCATION '{space}'");
        var oid = await leader.ScalarAsync<uint>("SELECT oid FROM pg_tablespace WHERE spcname = 'aside'");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => victim.ScalarAsync<long>("SELECT count(*) FROM pg_tablespace WHERE spcname = 'aside'"), count => count == 1);
        // A replica that starts before the tablespace was made would make the link to the leader's place anew.
        await leader.ExecuteAsync("CHECKPOINT");
        var checkpoint = await leader.ScalarAsync<string>("SELECT checkpoint_lsn::text FROM pg_control_checkpoint()");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), async () =>
        {
            await victim.ExecuteAsync("CHECKPOINT");
            return await victim.ScalarAsync<bool>($"SELECT checkpoint_lsn >= '{checkpoint}' FROM pg_control_checkpoint()");
        }, isThere => isThere);
        await victim.StopAsync();
        var wal = Path.Combine(home, "wal");
        Run("sh", "-c", $"set -e; cp -a '{space}/.' '{own}'; ln -sfn '{own}' '{victim.DataDirectory}/pg_tblspc/{oid}'; mv '{victim.DataDirectory}/pg_wal' '{wal}'; ln -s '{wal}' '{victim.DataDirectory}/pg_wal'; chown -h --reference='{wal}' '{victim.DataDirectory}/pg_wal' '{victim.DataDirectory}/pg_tblspc/{oid}'");
        victim.Start();
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await leader.ExecuteAsync("CREATE TABLE lab.aside TABLESPACE aside AS SELECT i FROM generate_series(1, 1000) AS i");
        await using var writer = Writer.Start(Lab);
        using var session = ModuleSession.Connect(Lab);

        var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup -SoakTime 2s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        await AllIsThereAsync(victim, oid, wal, own);
        Assert.Equal([wal, $"{wal}.patroniops-old-{rebuilt.JournalId}"], Directory.EnumerateDirectories(home, "wal*").Order(StringComparer.Ordinal));
        Assert.Equal($"{own}.patroniops-old-{rebuilt.JournalId}", Target(rebuilt.OldDirectory!, $"pg_tblspc/{oid}"));
        await writer.AllRowsAreOnAsync(leader, victim);

        Assert.Equal(RebuildStatus.RolledBack, session.One<ReplicaRebuildJournal>($"Undo-ReplicaRebuild {rebuilt.JournalId} -Confirm:$false").Status);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await AllIsThereAsync(victim, oid, wal, own);
        Assert.False(Directory.Exists(rebuilt.OldDirectory));

        session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup -OldData Remove -SoakTime 2s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        await AllIsThereAsync(victim, oid, wal, own);
        Assert.DoesNotContain(Directory.EnumerateDirectories(home), d => d.Contains("-old-", StringComparison.Ordinal));
        await writer.AllRowsAreOnAsync(leader, victim);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private static async Task AllIsThereAsync(LabMember victim, uint oid, string wal, string space)
    {
        Assert.Equal((wal, space), (Target(victim.DataDirectory, "pg_wal"), Target(victim.DataDirectory, $"pg_tblspc/{oid}")));
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => victim.ScalarAsync<long>("SELECT count(*) FROM lab.aside"), count => count == 1000);
    }

    private static string? Target(string data, string link) => new DirectoryInfo(Path.Combine(data, link)).LinkTarget;

    private static string Owned(LabMember member, string name)
    {
        var path = Path.Combine(Path.GetDirectoryName(member.DataDirectory)!, name);
        Directory.CreateDirectory(path);
        Run("chown", $"--reference={member.DataDirectory}", path);
        Run("chmod", "700", path);
        return path;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

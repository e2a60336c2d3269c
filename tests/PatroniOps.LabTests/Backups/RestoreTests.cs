using PatroniOps.Backups;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Backups;

/// <summary>A backup is good when it has been restored: pgBackRest's, sound and damaged.</summary>
public sealed class RestoreTests(RestoreTests.Fixture fixture) : IClassFixture<RestoreTests.Fixture>
{
    public sealed class Fixture() : LabFixture("restore", new LabOptions { Members = 2, Archive = ArchiveKind.PgBackRest });

    [Fact]
    public async Task A_sound_backup_passes_and_missing_WAL_is_named()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        using var scratch = new ScratchFolder();
        using var session = ModuleSession.Open(lab);
        var test = Test(leader, scratch);
        await leader.ExecuteAsync("CREATE TABLE kept AS SELECT g AS id FROM generate_series(1, 10000) g");
        await lab.BackUpAsync(leader);
        await leader.ExecuteAsync("INSERT INTO kept VALUES (10001)");
        await ArchivedAsync(leader);

        Assert.Empty(session.Run<PatroniBackupTest>($"{test} -WhatIf"));
        IsSound(session.One<PatroniBackupTest>($"{test} -Assert @{{ Query = 'SELECT count(*) FROM kept'; Expected = 10001 }}"));
        Assert.NotNull(session.One<PatroniBackup>($"Get-PatroniBackup '{lab.Connection.Archive.Path}'").VerifiedAt);
        Assert.False(session.One<bool>($"{test} -Assert @{{ Query = 'SELECT count(*) FROM kept'; Expected = 5 }} -Quiet"));

        await leader.ExecuteAsync("SELECT pg_create_restore_point('x'), pg_switch_wal()");
        await ArchivedAsync(leader);
        var repository = Directory.EnumerateFiles(lab.Connection.Archive.Path!, "*", SearchOption.AllDirectories).ToList();
        var segment = Path.GetFileName(repository.Where(IsSegment).Order(StringComparer.Ordinal).SkipLast(1).Last());
        using (Missing.Of(repository.Single(f => Path.GetFileName(f) == segment)))
            Fails(session, test, segment[..24]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Path));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_damaged_file_of_a_backup_is_named()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        using var scratch = new ScratchFolder();
        using var session = ModuleSession.Open(lab);
        await lab.BackUpAsync(leader);
        var test = Test(leader, scratch);
        var repository = Directory.EnumerateFiles(lab.Connection.Archive.Path!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Reverse().ToList();
        var table = repository.First(f => f.Contains("/pg_data/base/", StringComparison.Ordinal) && f.EndsWith("/1259.zst", StringComparison.Ordinal) && !File.GetAttributes(f).HasFlag(FileAttributes.ReparsePoint));
        using (Missing.Of(table))
            Fails(session, test, "1259");
        using (Flipped.Of(table))
            Fails(session, test, "1259");
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Path));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Without_pg_amcheck_its_functions_find_a_corrupt_index()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        using var scratch = new ScratchFolder();
        using var session = ModuleSession.Open(lab);
        using var programs = new ScratchFolder();
        foreach (var program in Directory.EnumerateFiles(await leader.ScalarAsync<string>("SELECT setting FROM pg_config() WHERE name = 'BINDIR'") ?? "").Where(f => Path.GetFileName(f) != "pg_amcheck"))
            File.CreateSymbolicLink(Path.Combine(programs.Path, Path.GetFileName(program)), program);
        var test = $"{Test(leader, scratch)} -BinDirectory '{programs.Path}'";
        await lab.BackUpAsync(leader);
        Assert.Equal(BackupCheckOutcome.Passed, Amcheck(session.One<PatroniBackupTest>(test)).Outcome);

        // As PostgreSQL's own tests of pg_amcheck do it: the order that an index was built in is not the order of its operators any more.
        foreach (var sql in (string[])
        [
            "CREATE FUNCTION turned(a int4, b int4) RETURNS int LANGUAGE sql AS 'SELECT CASE WHEN $1 = $2 THEN 0 WHEN $1 > $2 THEN 1 ELSE -1 END'",
            "CREATE OPERATOR CLASS turned_ops FOR TYPE int4 USING btree AS OPERATOR 1 < (int4, int4), OPERATOR 2 <= (int4, int4), OPERATOR 3 = (int4, int4), OPERATOR 4 >= (int4, int4), OPERATOR 5 > (int4, int4), FUNCTION 1 turned(int4, int4)",
            "CREATE TABLE turned_table AS SELECT g AS id FROM generate_series(1, 1000) g",
            "CREATE INDEX turned_index ON turned_table USING btree (id turned_ops)",
            "CREATE OR REPLACE FUNCTION turned(a int4, b int4) RETURNS int LANGUAGE sql AS 'SELECT CASE WHEN $1 = $2 THEN 0 WHEN $1 > $2 THEN -1 ELSE 1 END'",
        ])
            await leader.ExecuteAsync(sql);
        try
        {
            await leader.ArchiveAsync();
            var corrupt = Amcheck(session.One<PatroniBackupTest>(test));
            Assert.Equal(BackupCheckOutcome.Failed, corrupt.Outcome);
            Assert.Contains("turned_index", corrupt.Text, StringComparison.Ordinal);
        }
        finally
        {
            await leader.ExecuteAsync("DROP TABLE turned_table");
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_backup_that_only_pgbackrest_knows_is_told()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        using var session = ModuleSession.Open(lab);
        await lab.BackUpAsync(leader);
        await lab.BackUpAsync(leader);
        var path = lab.Connection.Archive.Path!;
        var all = session.Run<PatroniBackup>($"Get-PatroniBackup '{path}'");
        Assert.All(all, b => Assert.True(b.ToolReport is { IsOk: true, Differences: [] }, b.ToolReport?.ToString()));
        Assert.Equal(all.Select(b => b.Label), all[0].ToolReport!.Backups);
        // pgBackRest goes on with the copy of a catalogue that is damaged.
        var catalogue = Path.Combine(path, "backup", all[0].Stanza!, "backup.info");
        var content = await File.ReadAllLinesAsync(catalogue);
        await File.WriteAllLinesAsync(catalogue, content.Where(l => !l.StartsWith(all[0].Label, StringComparison.Ordinal)));
        var left = session.Run<PatroniBackup>($"Get-PatroniBackup '{path}'");
        Assert.DoesNotContain(left, b => b.Label == all[0].Label);
        Assert.Contains(all[0].Label, Assert.Single(left[0].ToolReport!.Differences), StringComparison.Ordinal);
        await File.WriteAllLinesAsync(catalogue, content);
    }

    private string Test(LabMember leader, ScratchFolder scratch) => $"Test-PatroniBackup '{fixture.Lab.Connection.Archive.Path}' -Restore -PgBackRestConfigPath '{fixture.Lab.Paths.PgBackRestConfig(leader.Name)}' -ScratchPath '{scratch.Path}' -DatabaseUser {fixture.Lab.Connection.Credentials.Superuser.Username}";

    private static async Task ArchivedAsync(LabMember leader)
    {
        var file = await leader.ScalarAsync<string>("SELECT pg_walfile_name(pg_switch_wal())");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), () => leader.ScalarAsync<string>("SELECT last_archived_wal FROM pg_stat_archiver"), last => string.CompareOrdinal(last, file) >= 0);
    }

    private static void IsSound(PatroniBackupTest test)
    {
        Assert.True(test.IsSuccess, string.Join(Environment.NewLine, test.Checks));
        Assert.True(test is { IsRestored: true, RestoredBytes: > 1 << 20, RecoveryTime.Ticks: > 0, RecoveredTo: not null }, test.ToString());
        Assert.Contains(test.Checks, c => c is { Name: "tables and indexes (pg_amcheck)", Outcome: BackupCheckOutcome.Passed });
    }

    private static BackupCheck Amcheck(PatroniBackupTest test) => Assert.Single(test.Checks, c => c.Name == "tables and indexes (pg_amcheck)");

    private static void Fails(ModuleSession session, string script, string cause)
    {
        var test = session.One<PatroniBackupTest>(script);
        Assert.Equal(BackupCheckOutcome.Failed, test.Outcome);
        Assert.Contains(test.Checks, c => c.Outcome == BackupCheckOutcome.Failed && c.Text.Contains(cause, StringComparison.Ordinal));
    }

    private static bool IsSegment(string path) => Path.GetFileName(path) is { Length: > 60 } name && name[24] == '-' && name[..24].All(char.IsAsciiHexDigitUpper);
}

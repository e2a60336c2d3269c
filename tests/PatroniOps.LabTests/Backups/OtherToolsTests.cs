using System.Diagnostics;
using PatroniOps.Archives;
using PatroniOps.Backups;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Backups;

/// <summary>Backups of Barman and of pg_basebackup alone, and tests that are killed.</summary>
[Trait("Category", "Long")]
public sealed class OtherToolsTests(OtherToolsTests.Fixture fixture) : IClassFixture<OtherToolsTests.Fixture>
{
    public sealed class Fixture() : LabFixture("tools", new LabOptions { Members = 2, Archive = PatroniOps.Lab.ArchiveKind.Directory });

    private string User => fixture.Lab.Connection.Credentials.Superuser.Username;

    [Fact]
    public async Task Barmans_backup_is_restored_and_each_damage_is_named()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        using var scratch = new ScratchFolder();
        using var session = ModuleSession.Open(lab);
        var barman = await LabBarman.StartAsync(lab, leader);
        await leader.ExecuteAsync("CREATE TABLE barman AS SELECT g AS id FROM generate_series(1, 10000) g");
        var id = await barman.BackUpAsync();
        await leader.ExecuteAsync("INSERT INTO barman VALUES (10001)");
        await barman.ArchiveAsync();
        await leader.ExecuteAsync("INSERT INTO barman VALUES (10002)");
        await barman.ArchiveAsync();

        var test = $"Test-PatroniBackup '{barman.Home}' -Restore -BarmanConfigPath '{barman.ConfigPath}' -ScratchPath '{scratch.Path}' -DatabaseUser {User}";
        var sound = session.One<PatroniBackupTest>($"{test} -Assert @{{ Query = 'SELECT count(*) FROM barman'; Expected = 10002 }}");
        Assert.True(sound.IsSuccess, string.Join(Environment.NewLine, sound.Checks));
        Assert.Contains(sound.Checks, c => c is { Name: "files as the manifest has them", Outcome: BackupCheckOutcome.Passed });
        Assert.Equal((BackupKind.Barman, id), (sound.Kind, sound.Label));

        var data = Path.Combine(barman.Home, barman.Server, "base", id, "data");
        var table = Path.Combine(data, "base", "1", "1259");
        using (Missing.Of(table))
            Fails(session, test, "1259");
        using (Flipped.Of(table))
            Fails(session, test, "1259");
        var wals = Path.Combine(barman.Home, barman.Server, "wals");
        var segment = Directory.EnumerateFiles(wals, "0*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SkipLast(1).Last();
        using (Missing.Of(segment))
            Fails(session, test, Path.GetFileName(segment));
        WhatBarmanSaysIsToldBesideWhatIsThere(session, barman, id, segment);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Path));
    }

    private static void WhatBarmanSaysIsToldBesideWhatIsThere(ModuleSession session, LabBarman barman, string id, string segment)
    {
        var archive = $"Test-WalArchive '{barman.Home}' -GracePeriod 0.001";
        var without = session.One<WalArchiveTest>(archive).ToolReport!;
        Assert.NotNull(without.Unknown);
        Assert.Null(without.IsOk);
        var sound = session.One<WalArchiveTest>($"{archive} -BarmanConfigPath '{barman.ConfigPath}'").ToolReport!;
        Assert.True(sound is { Tool: "barman", Unknown: null, Differences: [] }, sound.ToString());
        Assert.Equal([id], sound.Backups);
        Assert.True(sound.IsOk, sound.Status);
        Assert.Equal([id], session.One<PatroniBackup>($"Get-PatroniBackup '{barman.Home}' -BarmanConfigPath '{barman.ConfigPath}'").ToolReport!.Backups);
        using (Missing.Of(segment))
            Assert.Contains(Path.GetFileName(segment), Assert.Single(session.One<WalArchiveTest>($"{archive} -BarmanConfigPath '{barman.ConfigPath}'").ToolReport!.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_backup_is_restored_with_the_archives_WAL_and_each_damage_is_named()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        using var scratch = new ScratchFolder();
        using var backups = new ScratchFolder();
        using var session = ModuleSession.Open(lab);
        var directory = Path.Combine(backups.Path, "nightly");
        await lab.BaseBackUpAsync(leader, directory);
        await leader.ExecuteAsync("CREATE TABLE plain AS SELECT g AS id FROM generate_series(1, 100) g");
        var file = await leader.ScalarAsync<string>("SELECT pg_walfile_name(pg_switch_wal())");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), () => leader.ScalarAsync<string>("SELECT last_archived_wal FROM pg_stat_archiver"), last => string.CompareOrdinal(last, file) >= 0);

        var test = $"Test-PatroniBackup '{directory}' -ArchivePath '{lab.Connection.Archive.Path}' -Restore -ScratchPath '{scratch.Path}' -DatabaseUser {User}";
        var sound = session.One<PatroniBackupTest>($"{test} -Assert @{{ Query = 'SELECT count(*) FROM plain'; Expected = 100 }}");
        Assert.True(sound.IsSuccess, string.Join(Environment.NewLine, sound.Checks));
        using (Missing.Of(Path.Combine(directory, "base", "1", "1259")))
            Fails(session, test, "1259");
        using (Flipped.Of(Path.Combine(directory, "base", "1", "1259")))
            Fails(session, test, "1259");
        using (Missing.Of(Path.Combine(lab.Connection.Archive.Path!, session.One<PatroniBackup>($"Get-PatroniBackup '{directory}'").StartSegment!)))
            Fails(session, test, "is missing");
    }

    [Fact]
    public async Task A_killed_test_leaves_no_server_and_the_next_one_cleans_up()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        using var scratch = new ScratchFolder();
        using var backups = new ScratchFolder();
        var directory = Path.Combine(backups.Path, "killed");
        await lab.BaseBackUpAsync(leader, directory);
        var stranger = Directory.CreateDirectory(Path.Combine(scratch.Path, "patroniops-restore-0123456789abcdef"));
        await File.WriteAllTextAsync(Path.Combine(stranger.FullName, "data"), "somebody's");
        string[] arguments = ["Test-PatroniBackup", directory, "-ArchivePath", lab.Connection.Archive.Path!, "-Restore", "-ScratchPath", scratch.Path, "-DatabaseUser", User];
        foreach (var milliseconds in (int[])[700, 1200, 1500, 1800, 2100, 2500, 3000, 4000])
        {
            using var process = Process.Start(new ProcessStartInfo(ModuleSession.HostProgram, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await Task.Delay(milliseconds);
            process.Kill();
            await process.WaitForExitAsync();
            await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => Task.FromResult(Running(scratch.Path)), running => running.Length == 0);
        }
        using var session = ModuleSession.Open(lab);
        var test = session.One<PatroniBackupTest>($"Test-PatroniBackup '{directory}' -ArchivePath '{lab.Connection.Archive.Path}' -Restore -ScratchPath '{scratch.Path}' -DatabaseUser {User}");
        Assert.True(test.IsSuccess, string.Join(Environment.NewLine, test.Checks));
        Assert.Equal([stranger.FullName], Directory.EnumerateFileSystemEntries(scratch.Path));
    }

    private static string Running(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("pgrep", ["-af", path]) { RedirectStandardOutput = true })!;
        return string.Join(" | ", process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.Contains("pgrep", StringComparison.Ordinal)));
    }

    private static void Fails(ModuleSession session, string script, string cause)
    {
        var test = session.One<PatroniBackupTest>(script);
        Assert.Equal(BackupCheckOutcome.Failed, test.Outcome);
        Assert.Contains(test.Checks, c => c.Outcome == BackupCheckOutcome.Failed && c.Text.Contains(cause, StringComparison.Ordinal));
    }
}

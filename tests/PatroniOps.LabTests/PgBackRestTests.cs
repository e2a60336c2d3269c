using PatroniOps.Archives;
using PatroniOps.Archives.Tools;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Backups;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests;

/// <summary>A pgBackRest repository as a source of WAL.</summary>
public sealed class PgBackRestTests(PgBackRestTests.Fixture fixture) : IClassFixture<PgBackRestTests.Fixture>
{
    public sealed class Fixture() : LabFixture("pgbackrest", new LabOptions { Members = 2, Archive = PatroniOps.Lab.ArchiveKind.PgBackRest });

    [Fact]
    public async Task A_repository_is_listed_with_the_segments_that_it_has()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        var replica = lab.Members.Single(member => member != leader);
        using var session = ModuleSession.Connect(lab, $"-ArchivePath '{lab.Connection.Archive.Path}'");

        // A replica that receives nothing needs what is archived meanwhile.
        await HeldReceiver.StopAsync(replica);
        var needed = LabFacts.SegmentName(await replica.NeededSegmentAsync());
        await leader.WriteAsync("to be archived");
        await leader.ExecuteAsync("SELECT pg_switch_wal()");
        await leader.WriteAsync("in the next segment");

        var archive = await Eventually.Read(TimeSpan.FromSeconds(30), () => Repository(session, replica), source => source.SegmentCount > 0);
        Assert.Equal((lab.Connection.Archive.Path, needed), (archive.Name, archive.First));
        Assert.Null(archive.Unknown);
        TheRepositoryIsProven(session, lab.Connection.Archive.Path!);
        HeldReceiver.Release(replica);
        await lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_repository_on_a_host_is_read_over_ssh()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        await lab.BackUpAsync(leader);
        await leader.ArchiveAsync();
        await leader.ArchiveAsync();
        using var ssh = SshServer.Start();
        using var session = ModuleSession.Connect(lab);
        var path = lab.Connection.Archive.Path!;
        var host = $"'{path}' -HostName {SshServer.HostName} -SshConfigPath '{ssh.Configuration()}'";
        var before = Tree(path);

        var test = session.One<WalArchiveTest>($"Test-WalArchive {host} -Deep");
        Assert.True(test.IsGood, $"{test.Reason} {string.Join("; ", test.Problems)}");
        Assert.Equal((SshServer.HostName, path, PatroniOps.Archives.ArchiveKind.PgBackRest, test.Count), (test.HostName, test.Path, test.Kind, test.Verification?.SegmentsRead));
        var told = Assert.IsType<ToolReport>(test.ToolReport);
        Assert.True(told is { Tool: "pgbackrest", Unknown: null, IsOk: true, Differences: [] }, told.ToString());
        Assert.Equal((test.First, test.Last, test.Backups.Count > 0), (told.First, told.Last, told.Backups.Count > 0));
        // One for the whole cmdlet, whatever it reads.
        Assert.Equal(1, ssh.Connections);
        var backup = session.Run<PatroniBackup>($"Get-PatroniBackup {host}")[^1];
        Assert.Equal(SshServer.HostName, backup.HostName);
        var judged = session.One<PatroniBackupTest>($"Test-PatroniBackup {host}");
        Assert.True(judged.IsSuccess, string.Join(Environment.NewLine, judged.Checks));
        Assert.Equal(before, Tree(path));

        var lost = Directory.EnumerateFiles(path, $"{test.Last![..^1]}*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SkipLast(1).Last();
        using (Missing.Of(lost))
        {
            var gap = Assert.Single(session.Run<WalArchiveGap>($"Get-WalArchiveGap {host} -GracePeriod 0.001"));
            Assert.Equal((SshServer.HostName, Path.GetFileName(lost)[..24]), (gap.HostName, gap.First));
            // What pgbackrest info calls ok.
            var blind = session.One<WalArchiveTest>($"Test-WalArchive {host} -GracePeriod 0.001").ToolReport!;
            Assert.True(blind.IsOk);
            Assert.Contains(gap.First, Assert.Single(blind.Differences), StringComparison.Ordinal);
            Assert.Contains(gap.First, Assert.Single(session.One<PatroniBackupTest>($"Test-PatroniBackup {host}").ToolReport!.Differences), StringComparison.Ordinal);
            Assert.Contains(session.One<PatroniBackupTest>($"Test-PatroniBackup {host}").Checks, c => c.Outcome == BackupCheckOutcome.Failed && c.Text.Contains(gap.First, StringComparison.Ordinal));
        }
        using (Flipped.Of(lost))
            Assert.Equal(Path.GetFileName(lost)[..24], Assert.Single(session.One<WalArchiveTest>($"Test-WalArchive {host} -Deep").Problems).Segment);
        Assert.Contains("there is no such directory", session.Invoke($"Test-WalArchive '{path}/nowhere' -HostName {SshServer.HostName} -SshConfigPath '{ssh.Configuration()}'").OnlyError().Text, StringComparison.Ordinal);
        Assert.Equal("TlsFailed", session.Invoke($"Test-WalArchive '{path}' -HostName {SshServer.HostName} -SshConfigPath '{ssh.Configuration("config-unknown-host")}'").OnlyError().Id);
    }

    private static string[] Tree(string path) =>
        [.. new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Select(f => $"{f.FullName} {f.Length} {f.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)];

    private static void TheRepositoryIsProven(ModuleSession session, string path)
    {
        var test = session.One<WalArchiveTest>("Test-WalArchive -Deep");
        Assert.True(test.IsGood, test.Reason);
        Assert.Equal((PatroniOps.Archives.ArchiveKind.PgBackRest, true, test.Count), (test.Kind, test.IsIntact, test.Verification?.SegmentsRead));
        Assert.NotNull(test.BehindBytes);
        var file = Directory.EnumerateFiles(path, $"{test.Last}-*", SearchOption.AllDirectories).Single();
        // The middle of what is compressed, at two places: among zeros a single one may be a distance that leads to the same zeros.
        Damage(file);
        Assert.Equal((WalArchiveVerdict.Damaged, test.Last), (session.One<WalArchiveTest>("Test-WalArchive -Deep") is { } bad ? (bad.Verdict, Assert.Single(bad.Problems).Segment) : default));
        Assert.Equal(WalArchiveVerdict.Good, session.One<WalArchiveTest>("Test-WalArchive").Verdict);
        Damage(file);
    }

    // Twice is not at all.
    private static void Damage(string file)
    {
        var middle = new FileInfo(file).Length / 2;
        WalFiles.Flip(file, middle);
        WalFiles.Flip(file, middle + 8);
    }

    private static WalSource Repository(ModuleSession session, LabMember replica) =>
        Assert.Single(session.Wal(replica.Name).Sources, source => source.Kind == WalSourceKind.Archive);
}

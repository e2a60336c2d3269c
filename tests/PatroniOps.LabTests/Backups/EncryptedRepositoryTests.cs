using System.Security.Cryptography;
using PatroniOps.Archives;
using PatroniOps.Backups;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Backups;

/// <summary>A repository that only pgBackRest itself can read.</summary>
public sealed class EncryptedRepositoryTests(EncryptedRepositoryTests.Fixture fixture) : IClassFixture<EncryptedRepositoryTests.Fixture>
{
    private static readonly string Passphrase = RandomNumberGenerator.GetHexString(32);

    public sealed class Fixture() : LabFixture("encrypted", new LabOptions { Members = 1, Archive = PatroniOps.Lab.ArchiveKind.PgBackRest, PgBackRestPassphrase = Passphrase });

    [Fact]
    [Trait("Category", "Long")]
    public async Task It_is_read_through_pgbackrest_and_each_damage_is_named()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        await lab.BackUpAsync(leader);
        for (var i = 0; i < 3; i++)
            await leader.ArchiveAsync();
        using var session = ModuleSession.Open(lab);
        await using var watch = ProcessWatch.Start();
        var path = lab.Connection.Archive.Path!;
        var configuration = $"-PgBackRestConfigPath '{lab.Paths.PgBackRestConfig(leader.Name)}'";

        Assert.Contains("give -PgBackRestConfigPath", session.Invoke($"Test-WalArchive '{path}'").OnlyError().Text, StringComparison.Ordinal);
        var test = session.One<WalArchiveTest>($"Test-WalArchive {configuration} -Deep");
        Assert.True(test.IsGood, $"{test.Reason} {string.Join("; ", test.Problems)}");
        Assert.Equal((PatroniOps.Archives.ArchiveKind.PgBackRest, true, test.Count), (test.Kind, test.IsIntact, test.Verification?.SegmentsRead));
        Assert.Equal((path, test.First, test.Last), session.One<WalArchiveTest>($"Test-WalArchive '{path}' {configuration}") is { } named ? (named.Path, named.First, named.Last) : default);
        Assert.Equal(BackupStatus.Complete, session.One<PatroniBackup>($"Get-PatroniBackup {configuration}").Status);
        var judged = session.One<PatroniBackupTest>($"Test-PatroniBackup {configuration}");
        Assert.True(judged.IsSuccess, string.Join(Environment.NewLine, judged.Checks));

        var segments = Directory.EnumerateFiles(path, "0*-*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        using (Missing.Of(segments[^2]))
        {
            Assert.Equal(Name(segments[^2]), session.One<WalArchiveGap>($"Get-WalArchiveGap {configuration} -GracePeriod 0.001").First);
            Assert.Contains(session.One<PatroniBackupTest>($"Test-PatroniBackup {configuration}").Checks, c => c.Outcome == BackupCheckOutcome.Failed && c.Text.Contains(Name(segments[^2]), StringComparison.Ordinal));
        }
        using (Flipped.Of(segments[^2]))
        {
            var damaged = session.One<WalArchiveTest>($"Test-WalArchive {configuration} -Deep");
            Assert.Equal((WalArchiveVerdict.Damaged, Name(segments[^2])), (damaged.Verdict, Assert.Single(damaged.Problems).Segment));
        }
        AnotherPassphraseIsAnError(session, lab, leader);

        Assert.Contains(watch.CommandLines, line => line.Contains("repo-get", StringComparison.Ordinal));
        Assert.DoesNotContain(watch.CommandLines, line => line.Contains(Passphrase, StringComparison.Ordinal));
    }

    private static void AnotherPassphraseIsAnError(ModuleSession session, LabCluster lab, LabMember leader)
    {
        var original = lab.Paths.PgBackRestConfig(leader.Name);
        var other = $"{original}.other";
        File.WriteAllText(other, File.ReadAllText(original).Replace(Passphrase, new string('x', 32), StringComparison.Ordinal));
        var answer = session.Invoke($"Test-WalArchive -PgBackRestConfigPath '{other}'");
        Assert.Empty(answer.Objects);
        Assert.DoesNotContain(Passphrase, answer.OnlyError().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.OnlyError().Text, char.IsControl);
    }

    private static string Name(string file) => Path.GetFileName(file)[..24];
}

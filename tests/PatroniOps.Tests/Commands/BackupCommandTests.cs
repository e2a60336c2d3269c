using PatroniOps.Backups;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Commands;

[Collection("PowerShell")]
public sealed class BackupCommandTests : IDisposable
{
    private readonly PowerShellSession session = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("Get-PatroniBackup", "give -Path")]
    [InlineData("Get-PatroniBackup /there/is/no/such/directory", "/there/is/no/such/directory")]
    [InlineData("Test-PatroniBackup $args[0]", "There is no such backup")]
    public void Nothing_to_look_into_is_an_error(string script, string why)
    {
        var (output, errors, _) = session.Run(script, folder.Path);
        Assert.Empty(output);
        Assert.Contains(errors, e => e.ToString().Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nothing_was_tested_nothing_is_sound() => Assert.Equal(false, Assert.Single(session.Run("Test-PatroniBackup $args[0] -Quiet", folder.Path).Output).BaseObject);

    [Fact]
    public void A_base_backup_without_a_manifest_is_not_known_to_be_complete()
    {
        var directory = Directory.CreateDirectory(Path.Combine(folder.Path, "nightly")).FullName;
        File.WriteAllText(Path.Combine(directory, "backup_label"), "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\nSTART TIMELINE: 1\n");
        Assert.Equal(BackupStatus.Unknown, Assert.IsType<PatroniBackup>(Assert.Single(session.Run("Get-PatroniBackup $args[0] -RunAs $args[1]", folder.Path, Environment.UserName).Output).BaseObject).Status);
        var test = Assert.IsType<PatroniBackupTest>(Assert.Single(session.Run("Test-PatroniBackup $args[0] -RunAs $args[1]", folder.Path, Environment.UserName).Output).BaseObject);
        Assert.Equal((BackupCheckOutcome.Unknown, false, false), (test.Outcome, test.IsSuccess, test.IsRestored));
    }
}

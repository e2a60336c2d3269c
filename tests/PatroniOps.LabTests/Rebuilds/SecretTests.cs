using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>No password shows anywhere while a replica is rebuilt.</summary>
public sealed class SecretTests(SecretTests.Fixture fixture) : IClassFixture<SecretTests.Fixture>
{
    public sealed class Fixture() : LabFixture("secret", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task Passwords_are_in_no_arguments_no_journal_and_no_text()
    {
        var logins = Lab.Connection.Credentials;
        string[] secrets = [logins.Superuser.Password, logins.Replication.Password, logins.Rewind.Password, logins.Observer.Password, logins.Rest.Password, "an-unmistakable-secret"];
        var leader = await Lab.TheLeaderAsync();
        var victim = Lab.Members.First(member => member != leader);
        using var session = ModuleSession.Connect(Lab);
        await using var watch = ProcessWatch.Start();

        var script = $"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup -SoakTime 1s {LabNode.Parameters(Lab, victim)} -Confirm:$false -Verbose";
        var said = session.Invoke($"{script} 4>&1");
        Assert.Empty(said.Errors);
        Assert.Single(said.Objects.OfType<ReplicaRebuildResult>());
        Assert.Contains(said.Objects, o => o is System.Management.Automation.VerboseRecord);
        var refused = session.Invoke($"{script} -ReplicationCredential ([pscredential]::new('{logins.Replication.Username}', (ConvertTo-SecureString an-unmistakable-secret -AsPlainText -Force)))");
        var error = Assert.Single(refused.Errors);

        // The programs that log in were looked at.
        foreach (var program in (string[])["pg_basebackup", "pg_verifybackup", "passfile="])
            Assert.Contains(watch.CommandLines, line => line.Contains(program, StringComparison.Ordinal) && line.Contains("patroniops", StringComparison.Ordinal));
        var journals = Directory.EnumerateFiles(Path.Combine(Connections.StateFolder.Path, "journals")).Concat(Directory.EnumerateFiles($"{victim.DataDirectory}.patroniops")).ToList();
        Assert.NotEmpty(journals);
        Assert.DoesNotContain(journals, file => file.Contains("pgpass", StringComparison.Ordinal));
        string[] texts = [.. watch.CommandLines, .. said.Objects.Select(o => $"{o}"), error.ToString(), $"{error.Exception}", .. journals.Select(File.ReadAllText)];
        foreach (var secret in secrets)
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
    }
}

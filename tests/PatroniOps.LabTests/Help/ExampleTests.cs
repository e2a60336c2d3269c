using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.LabTests.Help;

/// <summary>Every example of the help does on a real cluster what it shows. What changes the cluster has -WhatIf, or leaves it as it was.</summary>
public sealed class ExampleTests(ExampleTests.Fixture fixture) : IClassFixture<ExampleTests.Fixture>
{
    private const string Victim = "bar-psqldb04";

    // The places that the examples name, and what they are in the lab.
    private readonly Dictionary<string, string> places = [];

    public sealed class Fixture() : LabFixture("help", new LabOptions { Archive = ArchiveKind.PgBackRest, UseRestoreCommand = false });

    private LabCluster Lab => fixture.Lab;

    private string Connect => $"Connect-PatroniCluster -Uri $seeds -Credential $rest -PostgresCredential $observer -ArchivePath '{Lab.Connection.Archive.Path}'";

    [Fact]
    [Trait("Category", "Long")]
    public async Task Every_example_runs_without_an_error()
    {
        var folder = Directory.CreateTempSubdirectory("patroniops-help-");
        try
        {
            var examples = DocumentedExample.All();
            var leader = await Lab.TheLeaderAsync();
            Place(leader, folder.FullName);
            await Lab.BackUpAsync(leader);
            var failures = new List<string>();
            void RunAll(string state, string before) => failures.AddRange(examples.Where(e => e.State == state).Select(e => Failure(e, before, folder.FullName)).OfType<string>());

            RunAll("offline", "");
            RunAll("unconnected", "");
            RunAll("", Connect);
            var blocks = new DocumentedBlockRun(Lab, folder.FullName, places);
            foreach (var block in DocumentedBlock.All().Where(b => b.Info is "sh" or "sql"))
                if (await blocks.FailureAsync(block, leader) is { } failure)
                    failures.Add(failure);
            Assert.Equal(Victim, (await ScenarioCatalogue.Find("wal-removed").BreakAsync(Lab)).Member);
            using var session = ModuleSession.Connect(Lab, $"-ArchivePath '{Lab.Connection.Archive.Path}'");
            await Eventually.Read(TimeSpan.FromSeconds(60), () => session.Wal(Victim), wal => wal.Status == WalAvailabilityStatus.AvailableInArchive);
            RunAll("broken", Connect);
            places["532ae511"] = session.One<ReplicaRebuildJournal>($"New-PatroniBaseBackup {Victim} -SoakTime 3s {LabNode.Parameters(Lab, Lab.Member(Victim))} -Confirm:$false").Id;
            RunAll("copied", Connect);

            Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
            await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The first that fits counts.
    private void Place(LabMember leader, string folder)
    {
        places["./PatroniOps.psd1"] = ModuleSession.Manifest;
        places["./examples/"] = $"{Path.Combine(DocumentedBlock.Root, "examples")}/";
        places["-Interval 15 -Record /var/lib/patroniops/recordings"] = $"-Interval 1s -For 4s -Record {folder}/recordings";
        places["/var/lib/patroniops/recordings"] = $"{folder}/recordings";
        places["/var/lib/prometheus/node-exporter"] = folder;
        places["PATRONIOPS_PG_USERNAME=observer"] = $"PATRONIOPS_PG_USERNAME={Lab.Connection.Credentials.Observer.Username}";
        places["/etc/patroniops/pg.password"] = $"{folder}/pg.password";
        places[" -HostName backup1 -UserName operator -KeyFilePath ~/.ssh/backup"] = "";
        places[" -HostName backup1"] = places[" -HostName db4"] = "";
        foreach (var (name, member) in new[] { "db1", "db2" }.Zip(Lab.Members))
            places[$"http://{name}:8008"] = member.ApiUri.ToString().TrimEnd('/');
        foreach (var member in Lab.Members)
            places[$"http://{member.Name}:8008"] = member.ApiUri.ToString().TrimEnd('/');
        places["/var/lib/pgbackrest"] = Lab.Connection.Archive.Path!;
        places["/etc/pgbackrest/pgbackrest.conf"] = places["/etc/pgbackrest.conf"] = Lab.Paths.PgBackRestConfig(leader.Name);
        places["/etc/patroni/patroni.yml"] = leader.Addresses.PatroniConfig;
        places["/var/log/postgresql"] = leader.LogDirectory;
        places["/var/log/patroni/patroni.log"] = leader.PatroniLog;
    }

    private string? Failure(DocumentedExample example, string before, string folder)
    {
        using var session = ModuleSession.Open(Lab);
        session.Run<object>($"{Preparation(folder)}{Environment.NewLine}{before}");
        var code = places.Aggregate(example.Code, (text, place) => text.Replace(place.Key, place.Value, StringComparison.Ordinal));
        try
        {
            var answer = session.Invoke(code);
            return answer.Errors.Count > 0 ? $"{example.Page}: {string.Join("; ", answer.Errors)}"
                : answer.Objects.Count == 0 && example.MustShowSomething ? $"{example.Page}: it showed nothing." : null;
        }
        catch (System.Management.Automation.RuntimeException e)
        {
            return $"{example.Page}: {e.Message}";
        }
    }

    // What a user has in variables and in the defaults of the node's cmdlets, and of PowerShell's own what the bare engine lacks.
    private string Preparation(string folder) =>
        $$"""
        $RestCredential, $PostgresCredential, $ReplicationCredential, $SuperuserCredential = $rest, $observer, $replication, $superuser
        $null = $ExecutionContext.SessionState.Path.SetLocation('{{folder}}')
        $global:PSDefaultParameterValues = @{ {{Defaults()}} }
        $ConfirmPreference = 'None'
        function Get-Credential { $observer }
        function Import-Csv { [pscustomobject]@{ Uri = "$($seeds[0])" } }
        function Format-List { $input }
        function Send-MailMessage { }
        """;

    private string Defaults()
    {
        var member = Lab.Member(Victim);
        var commands = new[] { "Stop", "Start", "Status" }.Select(verb => $"'*:{verb}Command' = @({string.Join(",", LabNode.Arguments(Lab, member, verb.ToLowerInvariant()).Select(a => $"'{a}'"))})");
        return string.Join("; ", commands.Append($"'*:PatroniConfigPath' = '{member.Addresses.PatroniConfig}'"));
    }
}

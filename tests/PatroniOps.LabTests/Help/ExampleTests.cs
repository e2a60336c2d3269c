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
            Place(leader);
            await Lab.BackUpAsync(leader);
            var failures = new List<string>();
            void RunAll(string state, string before) => failures.AddRange(examples.Where(e => e.State == state).Select(e => Failure(e, before, folder.FullName)).OfType<string>());

            RunAll("unconnected", "");
            RunAll("", Connect);
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

    private void Place(LabMember leader)
    {
        foreach (var member in Lab.Members)
            places[$"http://{member.Name}:8008"] = member.ApiUri.ToString().TrimEnd('/');
        places["/var/lib/pgbackrest"] = Lab.Connection.Archive.Path!;
        places["/etc/pgbackrest.conf"] = Lab.Paths.PgBackRestConfig(leader.Name);
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

    // What a user has in variables and in the defaults of the node's cmdlets.
    private string Preparation(string folder) =>
        $$"""
        $RestCredential, $PostgresCredential, $ReplicationCredential, $SuperuserCredential = $rest, $observer, $replication, $superuser
        $null = $ExecutionContext.SessionState.Path.SetLocation('{{folder}}')
        $global:PSDefaultParameterValues = @{ {{Defaults()}} }
        """;

    private string Defaults()
    {
        var member = Lab.Member(Victim);
        var commands = new[] { "Stop", "Start", "Status" }.Select(verb => $"'*:{verb}Command' = @({string.Join(",", LabNode.Arguments(Lab, member, verb.ToLowerInvariant()).Select(a => $"'{a}'"))})");
        return string.Join("; ", commands.Append($"'*:PatroniConfigPath' = '{member.Addresses.PatroniConfig}'"));
    }
}

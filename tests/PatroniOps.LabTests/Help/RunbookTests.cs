using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Help;

/// <summary>What the runbook tells to type into psql, patronictl and curl is understood by them on a real cluster.</summary>
public sealed class RunbookTests(RunbookTests.Fixture fixture) : IClassFixture<RunbookTests.Fixture>
{
    public sealed class Fixture() : LabFixture("runbook", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Every_command_by_hand_is_understood()
    {
        var leader = await Lab.TheLeaderAsync();
        var member = Lab.Members.First(m => m != leader);
        var failures = new List<string>();
        foreach (var command in RunbookCommand.All())
            if (await FailureAsync(command, leader, member) is { } failure)
                failures.Add(failure);
        await leader.ExecuteAsync("SELECT pg_drop_replication_slot('name')");
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private async Task<string?> FailureAsync(RunbookCommand command, LabMember leader, LabMember member)
    {
        var login = command.IsSuperuser ? Lab.Connection.Credentials.Superuser : Lab.Connection.Credentials.Observer;
        var run = await ShellRun.RunAsync(Line(command.Text, leader, member), Path.GetTempPath(), new Dictionary<string, string>
        {
            ["PGHOST"] = leader.Host, ["PGPORT"] = $"{leader.Port}", ["PGUSER"] = login.Username, ["PGPASSWORD"] = login.Password, ["PGDATABASE"] = "postgres", ["PYTHONWARNINGS"] = "ignore",
        });
        return run.ExitCode == 0 && run.Output.Length > 0 ? null : $"{command.Text}: exit code {run.ExitCode}: {run.Output}{run.Error}";
    }

    // The words that stand for something, and what they are in the lab.
    private string Line(string text, LabMember leader, LabMember member)
    {
        if (text.StartsWith("patronictl ", StringComparison.Ordinal))
            return $"patronictl -c '{leader.Addresses.PatroniConfig}' {text["patronictl ".Length..]}";
        var observer = Lab.Connection.Credentials.Observer.Username;
        var line = text
            .Replace("http://MEMBER:8008/", $"{member.ApiUri}", StringComparison.Ordinal).Replace("http://LEADER:8008/", $"{leader.ApiUri}", StringComparison.Ordinal)
            .Replace("-h LEADER", $"-h {leader.Host} -p {leader.Port}", StringComparison.Ordinal)
            .Replace("-h MEMBER", $"-h {member.Host} -p {member.Port}", StringComparison.Ordinal).Replace("-h UPSTREAM", $"-h {member.Host} -p {member.Port}", StringComparison.Ordinal)
            .Replace("(PID)", "(pg_backend_pid() + 1000000)", StringComparison.Ordinal).Replace("DATABASE name", "DATABASE postgres", StringComparison.Ordinal)
            .Replace("-U observer", $"-U {observer}", StringComparison.Ordinal).Replace("TO observer", $"TO {observer}", StringComparison.Ordinal);
        return line.StartsWith("psql ", StringComparison.Ordinal) || line.StartsWith("curl ", StringComparison.Ordinal) ? line : $"psql -c \"{line}\"";
    }
}

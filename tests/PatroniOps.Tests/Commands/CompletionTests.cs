using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Commands;

[Collection("PowerShell")]
public sealed class CompletionTests : IDisposable
{
    private const string Incident = "examples/incidents/wal-removed.json";

    // Members are remembered between sessions: each test has a cluster of its own.
    private static long lastSystemIdentifier = 700;

    private readonly PowerShellSession session = new();
    private readonly StubServer server = new();
    private bool isGone;

    public CompletionTests()
    {
        Listed("a");
        server.Json("config", """{"loop_wait": 10, "ttl": 30, "slots": {"kept_for_export": {"type": "physical"}}}""")
            .Json("history", "[]")
            .Json("patroni", $$"""{"state": "running", "role": "master", "server_version": 150018, "timeline": 1, "database_system_identifier": "{{Interlocked.Increment(ref lastSystemIdentifier)}}", "patroni": {"version": "3.0.2", "scope": "stub"} }""");
    }

    public void Dispose()
    {
        session.Dispose();
        if (!isGone)
            server.Dispose();
    }

    [Theory]
    [InlineData("Get-PatroniMember ")]
    [InlineData("Get-PatroniReplication ")]
    [InlineData("Get-WalArchiveStatus -Member ")]
    [InlineData("Get-ReplicaRecoveryPlan ")]
    [InlineData("Get-PatroniLogEvent -Member ")]
    [InlineData("Get-PatroniMember -Cluster st* -Member ")]
    [InlineData("Invoke-PatroniFailover ")]
    public void Members_are_offered_with_those_that_have_joined_since(string line)
    {
        Connect();
        Listed("a", "b");

        Assert.Equal(["a", "b"], Offered(line));
    }

    [Theory]
    [InlineData("Get-PatroniSlot -SlotName ", "kept_for_export")]
    [InlineData("Remove-PatroniSlot k", "kept_for_export")]
    [InlineData("Repair-PatroniSlot ", "kept_for_export")]
    [InlineData("Get-PatroniCluster -Connection ", "(Get-PatroniConnection stub)")]
    [InlineData("Disconnect-PatroniCluster -Connection s", "(Get-PatroniConnection stub)")]
    [InlineData("Get-PatroniCluster -Cluster ", "stub")]
    [InlineData("Get-ReplicaRebuildJournal -Cluster ", "stub")]
    [InlineData("Get-PatroniLogEvent -Kind SlotDoes", "SlotDoesNotExist")]
    [InlineData("Invoke-ReplicaRebuild -Method Base", "BaseBackup")]
    [InlineData("Repair-PatroniReplica -Method Fix", "FixRestoreCommand")]
    public void What_a_parameter_takes_is_offered(string line, string offered)
    {
        Connect();

        Assert.Equal([offered], Offered(line));
    }

    [Theory]
    [InlineData("Get-PatroniMember -Snapshot $recorded -Member ", "bar-psqldb02", "bar-psqldb03", "bar-psqldb04")]
    [InlineData("Get-PatroniSlot -Snapshot $recorded -Member bar-psqldb03 -SlotName ", "bar_psqldb02", "bar_psqldb04")]
    public void A_recorded_cluster_is_asked_for_its_own(string line, params string[] offered)
    {
        Connect();
        session.Run($"$global:recorded = Import-PatroniSnapshot '{Path.Combine(TestEnvironment.RepositoryRoot, Incident)}'");

        Assert.Equal(offered, Offered(line));
    }

    [Theory]
    [InlineData("Get-PatroniMember ")]
    [InlineData("Get-PatroniSlot -SlotName ")]
    [InlineData("Get-PatroniCluster -Connection ")]
    [InlineData("Get-PatroniMember -Uri http://127.0.0.1:9 -Member ")]
    [InlineData("Get-PatroniMember -Cluster nowhere -Member ")]
    public void Without_a_connection_nothing_is_offered_and_nothing_said(string line) => Assert.Empty(Offered(line));

    [Theory]
    [InlineData("Get-PatroniMember ", "a")]
    [InlineData("Get-PatroniSlot -SlotName ", "a")]
    public void A_cluster_that_is_gone_is_completed_from_memory(string line, string offered)
    {
        Connect();
        Go();

        Assert.Equal([offered], Offered(line));
    }

    // The connection itself would wait for ten minutes.
    [Theory]
    [InlineData("Get-PatroniMember ", "a")]
    [InlineData("Get-PatroniSlot -SlotName ", "a")]
    public async Task A_cluster_that_hangs_does_not_hold_the_prompt(string line, string offered)
    {
        Connect("-Timeout 10m");
        server.Answers.Clear();

        Assert.Equal([offered], await Task.Run(() => Offered(line)).WaitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void What_was_seen_a_moment_ago_is_offered_without_another_look()
    {
        Connect();
        Assert.Equal(["kept_for_export"], Offered("Get-PatroniSlot -SlotName k"));
        Go();

        Assert.Equal(["kept_for_export"], Offered("Get-PatroniSlot -SlotName k"));
    }

    [Fact]
    public void A_name_that_PowerShell_would_read_otherwise_is_quoted()
    {
        Listed("it's one");
        Connect();

        Assert.Equal(["'it''s one'"], Offered("Get-PatroniMember it"));
    }

    private void Go()
    {
        isGone = true;
        server.Dispose();
    }

    private void Listed(params string[] members) => server.Json("cluster",
        $$"""{"scope": "stub", "members": [{{string.Join(", ", members.Select((m, i) => $$"""{"name": "{{m}}", "role": "{{(i == 0 ? "leader" : "replica")}}", "state": "running", "api_url": "{{server.Uri}}patroni", "host": "127.0.0.1", "port": 1, "timeline": 1}"""))}}]}""");

    private void Connect(string arguments = "-Timeout 5") => Assert.Empty(session.Run($"$null = Connect-PatroniCluster {server.Uri} {arguments}").Errors);

    private IEnumerable<string> Offered(string line)
    {
        var (output, errors, warnings) = session.Run("param($line) [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches | Where-Object ResultType -eq ParameterValue | ForEach-Object CompletionText", line);
        Assert.Empty(errors);
        Assert.Empty(warnings);
        return output.Select(o => o.ToString());
    }
}

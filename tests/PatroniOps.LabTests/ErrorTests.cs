using System.Text.Json.Nodes;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.LabTests.Support;
using PatroniOps.Observing;

namespace PatroniOps.LabTests;

/// <summary>Ways to connect, and members that do not answer: each is told by itself, the others are reported.</summary>
public sealed class ErrorTests(ErrorTests.Fixture fixture) : IClassFixture<ErrorTests.Fixture>
{
    private const string ConnectSeeds = "Connect-PatroniCluster -Credential $rest -PostgresCredential $observer";

    public sealed class Fixture() : LabFixture("errors", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public void A_node_that_is_named_tells_its_free_disk()
    {
        var member = Lab.Members[0].Name;
        using var session = ModuleSession.Connect(Lab, $"-Node @{{ '{member}' = '.' }}");
        var snapshot = System.IO.Path.Combine(Lab.Paths.Directory, "disk.json");
        session.Run<object>($"Export-PatroniSnapshot -Path '{snapshot}'");
        var disks = session.Run<bool>($"(Import-PatroniSnapshot '{snapshot}').Members | ForEach-Object {{ $_.Disk.Value.FreeBytes -gt 1MB -and $_.Disk.Value.TotalBytes -gt $_.Disk.Value.FreeBytes }}");
        Assert.Equal(Lab.Members.Select(m => m.Name == member), disks);
    }

    [Fact]
    public async Task A_member_that_hangs_times_out_alone()
    {
        var leader = await Lab.TheLeaderAsync();
        var hanging = Lab.Members.Last(member => member != leader);
        var frozen = hanging.Patroni!.Value;
        frozen.Signal(LabSignal.Stop);
        try
        {
            using var session = ModuleSession.Connect(Lab, "-Timeout 2");
            var asked = TimeProvider.System.GetTimestamp();
            var answer = session.Invoke("Get-PatroniMember");
            Assert.True(TimeProvider.System.GetElapsedTime(asked) < TimeSpan.FromSeconds(4));
            Assert.Equal(["TimedOut"], answer.ErrorIdsOf(hanging.Name));
            Assert.Single(answer.Errors);
            Assert.Equal(3, answer.Objects.Count);
            Assert.All(answer.All<PatroniMember>().Where(m => m.Member != leader.Name), m => Assert.Equal(ReplicationState.Streaming, m.Replication));
        }
        finally
        {
            frozen.Signal(LabSignal.Continue);
        }
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_PostgreSQL_that_is_down_is_told_by_name_and_is_not_healthy()
    {
        var leader = await Lab.TheLeaderAsync();
        var down = Lab.Members.Last(member => member != leader);
        using var session = ModuleSession.Connect(Lab);
        await PauseAsync(leader, true);
        try
        {
            // Paused, Patroni does not start it again.
            var postmaster = down.Postmaster!.Value;
            postmaster.Signal(LabSignal.Interrupt);
            Assert.True(await postmaster.WaitForExitAsync(TimeSpan.FromSeconds(20)));

            var answer = session.Invoke("Test-WalAvailability");
            Assert.Equal(["Unreachable"], answer.ErrorIdsOf(down.Name));
            Assert.Single(answer.Errors);
            var wal = answer.All<WalAvailability>();
            Assert.Equal(WalAvailabilityStatus.Unknown, Assert.Single(wal, w => w.Member == down.Name).Status);
            Assert.Equal(WalAvailabilityStatus.Streaming, Assert.Single(wal, w => w.Member != down.Name).Status);
            Assert.False(session.IsWalAvailable());
        }
        finally
        {
            await PauseAsync(leader, false);
        }
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public void A_wrong_PostgreSQL_password_leaves_everything_unknown()
    {
        using var session = ModuleSession.Open(Lab);
        session.Run<object>("Connect-PatroniCluster -Uri $seeds -PostgresCredential $wrongObserver");
        var answer = session.Invoke("Test-WalAvailability");
        Assert.All(Lab.Members, member => Assert.Equal(["AuthenticationFailed"], answer.ErrorIdsOf(member.Name)));
        Assert.All(answer.All<WalAvailability>(), w => Assert.Equal((WalAvailabilityStatus.Unknown, null), (w.Status, w.IsAvailable)));
        Assert.Equal(2, answer.Objects.Count);
        Assert.False(session.IsWalAvailable());
    }

    [Fact]
    public void A_seed_that_is_down_does_not_matter_while_another_answers()
    {
        using var session = ModuleSession.Open(Lab);
        session.One<PatroniConnection>($"{ConnectSeeds} -Uri http://127.0.0.1:1, $seeds[1]");
        IsHealthy(session);
    }

    [Fact]
    public void Seeds_that_are_all_down_are_one_error()
    {
        using var session = ModuleSession.Open(Lab);
        var (id, text) = session.Invoke($"{ConnectSeeds} -Uri http://127.0.0.1:1, http://127.0.0.1:2").OnlyError();
        Assert.Equal("Unreachable", id);
        Assert.Contains("127.0.0.1:2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_members_own_patroni_yml_is_enough()
    {
        using var session = ModuleSession.Open(Lab);
        var connection = session.One<PatroniConnection>(
            $"Connect-PatroniCluster -ConfigurationPath '{Lab.Members[1].Addresses.PatroniConfig}' -PostgresCredential $observer");
        Assert.Equal((Lab.Options.Scope, Lab.Connection.Credentials.Rest.Username), (connection.Cluster, connection.RestUserName));
        IsHealthy(session);
    }

    [Fact]
    public async Task A_patronictl_yaml_with_etcd_and_scope_is_enough()
    {
        var file = Path.Combine(Path.GetTempPath(), $"patroniops-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, $"scope: {Lab.Options.Scope}\netcd3:\n  hosts:\n  - {Lab.Connection.Etcd.Authority}\n");
        try
        {
            using var session = ModuleSession.Open(Lab);
            var connection = session.One<PatroniConnection>($"{ConnectSeeds} -ConfigurationPath '{file}'");
            Assert.Equal(3, connection.Uri.Count);
            IsHealthy(session);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void IsHealthy(ModuleSession session)
    {
        Assert.All(session.Run<WalAvailability>("Test-WalAvailability"), w => Assert.Equal(WalAvailabilityStatus.Streaming, w.Status));
        Assert.True(session.One<bool>("Test-WalAvailability -Quiet"));
    }

    private async Task PauseAsync(LabMember leader, bool isPaused)
    {
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["pause"] = isPaused ? true : null });
        foreach (var member in Lab.Members)
            await Eventually.ReadAsync(
                TimeSpan.FromSeconds(20), async () => (bool?)(await member.Rest.GetAsync("/patroni"))["pause"] ?? false, pause => pause == isPaused);
    }
}

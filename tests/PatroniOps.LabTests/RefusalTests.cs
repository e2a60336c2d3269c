using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Observing;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests;

/// <summary>A rebuild that would lose data, or cannot work, is refused before anything is touched.</summary>
public sealed class RefusalTests(RefusalTests.Fixture fixture) : IClassFixture<RefusalTests.Fixture>
{
    public sealed class Fixture() : LabFixture("refusal", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task The_leader_is_never_rebuilt()
    {
        var leader = await Lab.TheLeaderAsync();
        using var session = ModuleSession.Connect(Lab);
        await IsRefused(session, leader, leader.Name, "is the leader");
    }

    [Fact]
    public async Task An_unknown_member_is_refused_by_name()
    {
        var replica = await ReplicaAsync();
        using var session = ModuleSession.Connect(Lab);
        await IsRefused(session, replica, "bar-psqldb99", "bar-psqldb99 is not in /cluster");
    }

    [Fact]
    public async Task A_wrong_rest_password_fails_and_changes_nothing()
    {
        var replica = await ReplicaAsync();
        using var session = ModuleSession.Open(Lab);
        session.Run<object>("Connect-PatroniCluster -Uri $seeds -Credential $wrong -PostgresCredential $observer");
        var before = await replica.FingerprintAsync();
        var (id, text) = session.Invoke($"Invoke-ReplicaRebuild {replica.Name} -Confirm:$false").OnlyError();
        Assert.Equal("AuthenticationFailed", id);
        Assert.Contains("-Credential", text, StringComparison.Ordinal);
        Assert.Equal(before, await replica.FingerprintAsync());
        Assert.Equal(WalAvailabilityStatus.Streaming, session.Wal(replica.Name).Status);
    }

    [Fact]
    public async Task A_leader_whose_Patroni_hangs_is_no_source()
    {
        var leader = await Lab.TheLeaderAsync();
        var replica = await ReplicaAsync();
        using var session = ModuleSession.Connect(Lab, "-Timeout 2");
        var frozen = leader.Patroni!.Value;
        frozen.Signal(LabSignal.Stop);
        try
        {
            await IsRefused(session, replica, replica.Name, $"{leader.Name} is listed as leader, but its REST API does not answer");
        }
        finally
        {
            frozen.Signal(LabSignal.Continue);
        }
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_leader_whose_PostgreSQL_takes_no_new_connection_is_no_source()
    {
        var leader = await Lab.TheLeaderAsync();
        var replica = await ReplicaAsync();
        using var session = ModuleSession.Connect(Lab, "-Timeout 2");
        // The connection that this session has already would still be answered; the copy's would not.
        Assert.Equal(WalAvailabilityStatus.Streaming, session.Wal(replica.Name).Status);
        var frozen = leader.Postmaster!.Value;
        frozen.Signal(LabSignal.Stop);
        try
        {
            await IsRefused(session, replica, replica.Name, $"{leader.Port}: PostgreSQL gave no answer");
        }
        finally
        {
            frozen.Signal(LabSignal.Continue);
        }
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_dead_leader_that_is_still_listed_is_no_source_and_comes_back_diverged()
    {
        var dead = await Lab.TheLeaderAsync();
        var replicas = Lab.Members.Where(member => member != dead).ToList();
        using var session = ModuleSession.Connect(Lab, "-Timeout 2");

        await DieWithRowsNobodyElseHasAsync(dead, replicas.Count);
        foreach (var replica in replicas)
            await IsRefused(session, replica, replica.Name, $"{dead.Name} is listed as leader, but its REST API does not answer");

        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), () => Lab.LeaderAsync(), leader => leader is not null);
        dead.Start();
        var diverged = await Eventually.Read(TimeSpan.FromSeconds(60), () => session.Wal(dead.Name), wal => wal.Status == WalAvailabilityStatus.Diverged);
        Assert.False(diverged.IsAvailable);
        Assert.Contains("Get-ReplicaRecoveryPlan", diverged.NextCommand, StringComparison.Ordinal);
        Assert.Equal(ReplicationState.Diverged, session.One<PatroniMember>($"Get-PatroniMember {dead.Name}").Replication);
        Assert.False(session.IsWalAvailable());

        // Its Patroni refuses for as long as it is busy with the start.
        var rebuilt = await Eventually.Read(TimeSpan.FromSeconds(60), () => session.Invoke("Test-WalAvailability | where Status -eq Diverged | Invoke-ReplicaRebuild -Confirm:$false"),
            answer => !answer.Errors.Any(e => e.Exception.Message.Contains("already in progress", StringComparison.Ordinal)));
        Assert.Empty(rebuilt.Errors);
        Assert.IsType<ReplicaRebuildResult>(Assert.Single(rebuilt.Objects));
        Assert.True(session.IsWalAvailable());
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_leader_that_was_swapped_for_an_older_copy_is_no_source()
    {
        var scenario = ScenarioCatalogue.Find("swap-as-primary");
        var broken = await scenario.BreakAsync(Lab);
        using var session = ModuleSession.Connect(Lab);
        foreach (var replica in Lab.Members.Where(member => member.Name != broken.Leader))
            await IsRefused(session, replica, replica.Name, "is behind its replicas on its own timeline");
        await scenario.HealAsync(Lab, broken);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_Patroni_that_is_too_old_for_an_option()
    {
        var leader = await Lab.TheLeaderAsync();
        var replica = await ReplicaAsync();
        using var session = ModuleSession.Connect(Lab);
        await IsRefused(session, replica, replica.Name, "from_leader of POST /reinitialize needs Patroni 4.1.0 or later", $"-Source {leader.Name}");
        await IsRefused(session, replica, replica.Name, "cannot be named, only the leader", $"-Source {Lab.Members.First(m => m != leader && m != replica).Name}");

        var before = await leader.Rest.GetAsync("/config");
        var (id, text) = session.Invoke("Set-PatroniConfiguration @{ member_slots_ttl = '1h'; synchronous_mode = 'quorum'; ttl = 25 } -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("member_slots_ttl needs Patroni 4.0.0 or later", text, StringComparison.Ordinal);
        Assert.Contains("synchronous_mode: quorum needs Patroni 4.0.0 or later", text, StringComparison.Ordinal);
        Assert.Equal($"{before}", $"{await leader.Rest.GetAsync("/config")}");
    }

    private async Task<LabMember> ReplicaAsync()
    {
        var leader = await Lab.TheLeaderAsync();
        return Lab.Members.First(member => member != leader);
    }

    private static async Task IsRefused(ModuleSession session, LabMember witness, string target, string why, string more = "")
    {
        var before = await witness.FingerprintAsync();
        var answer = session.Invoke($"Invoke-ReplicaRebuild {target} {more} -Confirm:$false");
        Assert.Empty(answer.Objects);
        var (id, text) = answer.OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("nothing was changed", text, StringComparison.Ordinal);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Equal(before, await witness.FingerprintAsync());
    }

    // The senders are frozen and then killed, so that the rows never leave the leader: what a receiver has got it may still write, whatever signal it gets.
    private static async Task DieWithRowsNobodyElseHasAsync(LabMember leader, int replicas)
    {
        var senders = leader.FindPostgres("walsender");
        Assert.Equal(replicas, senders.Count);
        Assert.All(senders, sender => Assert.True(sender.Signal(LabSignal.Stop)));
        for (var i = 0; i < 10; i++)
            await leader.WriteAsync("on the old leader alone");
        var postmaster = leader.Postmaster!.Value;
        await leader.KillPatroniAsync();
        postmaster.Signal(LabSignal.Kill);
        Assert.All(senders, sender => Assert.True(sender.Signal(LabSignal.Kill)));
        Assert.True(await postmaster.WaitForExitAsync(TimeSpan.FromSeconds(10)));
    }
}

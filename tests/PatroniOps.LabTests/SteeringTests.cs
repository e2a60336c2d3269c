using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.LabTests.Support;
using PatroniOps.Steering;

namespace PatroniOps.LabTests;

/// <summary>The cmdlets that steer a cluster, each proven by what the lab itself sees.</summary>
public sealed class SteeringTests(SteeringTests.Fixture fixture) : IClassFixture<SteeringTests.Fixture>
{
    private const string NoFailover = "bar-psqldb04";

    public sealed class Fixture() : LabFixture("steering", new LabOptions { Tags = new Dictionary<string, JsonObject> { [NoFailover] = new() { ["nofailover"] = true } } });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_pause_is_done_when_every_member_has_noticed_and_so_is_its_end()
    {
        using var session = ModuleSession.Connect(Lab);
        session.Run<object>("Suspend-PatroniCluster -WhatIf");
        Assert.All(await PausesAsync(), paused => Assert.False(paused));

        var paused = session.One<PatroniPause>("Suspend-PatroniCluster -Wait");
        Assert.All(await PausesAsync(), Assert.True);
        Assert.Equal(Lab.Members.Select(m => m.Name), paused.Seen);
        Assert.Empty(paused.NotSeen);

        // Once more is no change.
        Assert.True(session.One<PatroniPause>("Suspend-PatroniCluster").IsPaused);
        Assert.False(session.One<PatroniPause>("Get-PatroniCluster | Resume-PatroniCluster -Wait").IsPaused);
        Assert.All(await PausesAsync(), paused => Assert.False(paused));
        Assert.False((await ConfigurationAsync()).ContainsKey("pause"));
    }

    [Fact]
    public async Task A_changed_setting_is_in_force_on_every_member_and_nothing_else_changes()
    {
        using var session = ModuleSession.Connect(Lab);
        var before = await ConfigurationAsync();

        session.Run<object>("Set-PatroniConfiguration @{ 'postgresql.parameters.wal_sender_timeout' = '77s' } -WhatIf");
        Assert.True(JsonNode.DeepEquals(before, await ConfigurationAsync()));

        var change = session.One<PatroniConfigurationChange>("Set-PatroniConfiguration @{ 'postgresql.parameters.wal_sender_timeout' = '77s'; maximum_lag_on_failover = 2MB }");
        Assert.True(change.IsApplied);
        Assert.Equal(["maximum_lag_on_failover: 1048576 -> 2097152", "postgresql.parameters.wal_sender_timeout: (not set) -> 77s"], change.Changes.Select(c => c.ToString()));
        foreach (var member in Lab.Members)
            Assert.Equal("77s", await member.ScalarAsync<string>("SHOW wal_sender_timeout"));

        Assert.Empty(session.One<PatroniConfigurationChange>("Set-PatroniConfiguration @{ maximum_lag_on_failover = 2MB }").Changes);
        Assert.True(session.One<PatroniConfigurationChange>("""Set-PatroniConfiguration -Patch '{"maximum_lag_on_failover": 1048576, "postgresql": {"parameters": {"wal_sender_timeout": null}}}'""").IsApplied);
        Assert.True(JsonNode.DeepEquals(before, await ConfigurationAsync()));
        foreach (var member in Lab.Members)
            await Eventually.ReadAsync(TimeSpan.FromSeconds(20), () => member.ScalarAsync<string>("SHOW wal_sender_timeout"), value => value == "1min");
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task Without_a_PostgreSQL_login_a_change_is_told_as_read_and_not_as_applied()
    {
        using var session = ModuleSession.Open(Lab);
        session.Run<object>("Connect-PatroniCluster -Uri $seeds -Credential $rest");
        var answer = session.Invoke("Set-PatroniConfiguration @{ 'postgresql.parameters.wal_receiver_timeout' = '70s' } -WarningAction Continue");
        Assert.Empty(answer.Errors);
        var change = Assert.Single(answer.All<PatroniConfigurationChange>());
        Assert.Null(change.IsApplied);
        Assert.All(change.Members, m => Assert.Equal(ConfigurationState.Seen, m.State));
        Assert.Contains(answer.Warnings, w => w.Contains("no PostgreSQL login is known", StringComparison.Ordinal));
        foreach (var member in Lab.Members)
            await Eventually.ReadAsync(TimeSpan.FromSeconds(20), () => member.ScalarAsync<string>("SHOW wal_receiver_timeout"), value => value == "70s");
        session.Run<object>("Set-PatroniConfiguration @{ 'postgresql.parameters.wal_receiver_timeout' = $null }");
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task The_call_that_is_advised_works_as_it_is_printed()
    {
        using var session = ModuleSession.Connect(Lab);
        var change = session.One<PatroniConfigurationChange>(
            "Test-PatroniConfiguration max_slot_wal_keep_size -FreeDisk 10GB | ForEach-Object { & ([scriptblock]::Create($_.Command)) }");
        Assert.True(change.IsApplied);
        Assert.Equal(change.Changes[0].New, (string?)(await ConfigurationAsync())["postgresql"]!["parameters"]!["max_slot_wal_keep_size"]);
        session.Run<object>("Set-PatroniConfiguration @{ 'postgresql.parameters.max_slot_wal_keep_size' = $null }");
    }

    [Fact]
    public async Task A_refused_login_changes_nothing()
    {
        using var session = ModuleSession.Open(Lab);
        session.Run<object>("Connect-PatroniCluster -Uri $seeds -Credential $wrong -PostgresCredential $observer");
        var before = await ConfigurationAsync();
        Assert.Equal("AuthenticationFailed", session.Invoke("Set-PatroniConfiguration @{ ttl = 60 }").OnlyError().Id);
        Assert.Equal("AuthenticationFailed", session.Invoke("Suspend-PatroniCluster").OnlyError().Id);
        Assert.True(JsonNode.DeepEquals(before, await ConfigurationAsync()));
    }

    [Fact]
    public async Task A_switchover_is_done_when_the_new_leader_takes_writes_and_all_follow_it()
    {
        using var session = ModuleSession.Connect(Lab);
        var old = await Lab.TheLeaderAsync();
        var timeline = await TimelineAsync(old);
        var other = Lab.Members.Single(m => m != old && m.Name != NoFailover);
        await old.WriteAsync("before the switchover");

        // Chosen by the checks: the third one has the tag nofailover.
        var done = session.One<PatroniSwitchover>("Invoke-PatroniSwitchover -Confirm:$false");
        Assert.Equal((SwitchoverStatus.Done, old.Name, other.Name), (done.Status, done.OldLeader, done.NewLeader));
        Assert.Equal(timeline + 1, done.Timeline);
        Assert.Equal(Lab.Members.Where(m => m != other).Select(m => m.Name), done.Following.Order());
        Assert.Same(other, await Lab.TheLeaderAsync());
        await other.WriteAsync("after the switchover");
        Assert.Equal(2, await other.ScalarAsync<long>("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"));
        foreach (var note in new[] { "before the switchover", "after the switchover" })
            await Eventually.ReadAsync(TimeSpan.FromSeconds(20), () => old.HasAsync(note), has => has);

        // And back by name, with a failover that finds a healthy leader.
        var back = session.One<PatroniSwitchover>($"Invoke-PatroniFailover {old.Name} -Confirm:$false");
        Assert.Equal((SwitchoverStatus.Done, old.Name, timeline + 2), (back.Status, back.NewLeader, back.Timeline));
    }

    [Fact]
    public async Task A_failover_without_a_leader_that_answers_makes_the_candidate_lead()
    {
        using var session = ModuleSession.Connect(Lab, "-Timeout 2");
        var dead = await Lab.TheLeaderAsync();
        var candidate = Lab.Members.Single(m => m != dead && m.Name != NoFailover);
        await dead.WriteAsync("before the failover");
        var postmaster = dead.Postmaster!.Value;
        await dead.KillPatroniAsync();
        // In order, so that the others get all of its WAL, and it can follow them later.
        postmaster.Signal(LabSignal.Interrupt);
        Assert.True(await postmaster.WaitForExitAsync(TimeSpan.FromSeconds(20)));

        var (id, text) = session.Invoke($"Invoke-PatroniSwitchover {candidate.Name} -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("Invoke-PatroniFailover", text, StringComparison.Ordinal);
        var done = session.One<PatroniSwitchover>($"Invoke-PatroniFailover {candidate.Name} -Confirm:$false");
        Assert.Equal((SwitchoverStatus.Done, candidate.Name), (done.Status, done.NewLeader));
        Assert.Equal([NoFailover], done.Following);
        Assert.True(await candidate.HasAsync("before the failover"));
        await candidate.WriteAsync("after the failover");
        dead.Start();
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_candidate_that_is_not_good_is_refused_and_nothing_is_changed()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        await IsRefused(session, $"Invoke-PatroniSwitchover {leader.Name}", $"{leader.Name} is the leader already");
        await IsRefused(session, "Invoke-PatroniSwitchover bar-psqldb99", "bar-psqldb99 is not in /cluster");
        await IsRefused(session, $"Invoke-PatroniSwitchover {NoFailover}", $"{NoFailover} has the tag nofailover");
        await IsRefused(session, $"Invoke-PatroniFailover {NoFailover}", $"{NoFailover} has the tag nofailover");
        await IsRefused(session, "Invoke-PatroniSwitchover -At 2001-01-01T00:00:00Z", "is past");
        await IsRefused(session, "Invoke-PatroniSwitchover -Cancel", "has no scheduled switchover");
    }

    [Fact]
    public async Task A_candidate_that_does_not_stream_is_refused()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var candidate = Lab.Members.Single(m => m != leader && m.Name != NoFailover);
        // No connection to the leader comes about while it points elsewhere.
        await candidate.ExecuteAsync("ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'");
        await candidate.ExecuteAsync("SELECT pg_reload_conf()");
        try
        {
            // A receiver that is just about to connect, from the test before, still has the old one.
            await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => candidate.ScalarAsync<long>("SELECT count(*) FROM pg_stat_wal_receiver WHERE conninfo NOT LIKE '%port=1 %'"), count => count == 0);
            await Eventually.ReadAsync(
                TimeSpan.FromSeconds(30), () => leader.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_replication WHERE application_name = '{candidate.Name}'"), count => count == 0);
            await IsRefused(session, $"Invoke-PatroniSwitchover {candidate.Name}", $"{candidate.Name} does not stream");
            await IsRefused(session, "Invoke-PatroniSwitchover", $"{candidate.Name} does not stream");
            await IsRefused(session, $"Restart-PatroniMember {leader.Name}", $"{candidate.Name} does not stream");
        }
        finally
        {
            await candidate.ExecuteAsync("ALTER SYSTEM RESET primary_conninfo");
            await candidate.ExecuteAsync("SELECT pg_reload_conf()");
        }
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_switchover_is_scheduled_and_taken_back()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        session.Run<object>("Invoke-PatroniSwitchover -At ([DateTimeOffset]::UtcNow.AddHours(1)) -WhatIf");
        Assert.Null((await Lab.ClusterAsync())["scheduled_switchover"]);

        var scheduled = session.One<PatroniSwitchover>("Invoke-PatroniSwitchover -At ([DateTimeOffset]::UtcNow.AddHours(1)) -Confirm:$false");
        Assert.Equal(SwitchoverStatus.Scheduled, scheduled.Status);
        var listed = (await Lab.ClusterAsync())["scheduled_switchover"]!;
        Assert.Equal((leader.Name, scheduled.NewLeader), ((string?)listed["from"], (string?)listed["to"]));
        await IsRefused(session, "Invoke-PatroniSwitchover", "is scheduled for");

        Assert.Equal(SwitchoverStatus.Canceled, session.One<PatroniSwitchover>("Invoke-PatroniSwitchover -Cancel -Confirm:$false").Status);
        Assert.Null((await Lab.ClusterAsync())["scheduled_switchover"]);
        Assert.Same(leader, await Lab.TheLeaderAsync());
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task A_parameter_that_needs_a_restart_is_in_force_after_the_restart_that_is_suggested()
    {
        using var session = ModuleSession.Connect(Lab);
        var old = await Lab.TheLeaderAsync();
        var change = session.One<PatroniConfigurationChange>("Set-PatroniConfiguration @{ 'postgresql.parameters.max_connections' = 123 } -WarningAction Ignore");
        Assert.Equal(Lab.Members.Select(m => m.Name), change.RestartPending);
        Assert.Contains(session.One<ClusterVerdict>("Test-PatroniCluster").Findings, f => f.Id == "PendingRestart" && f.NextCommand == $"Restart-PatroniMember -Cluster demo -Member {old.Name} -PendingOnly");
        session.Run<object>("Restart-PatroniMember * -WhatIf");
        Assert.NotEqual("123", await old.ScalarAsync<string>("SHOW max_connections"));

        var restarts = session.Run<PatroniRestart>($"{change.NextCommand} -Confirm:$false");
        Assert.Equal(old.Name, restarts[^1].Member);
        Assert.NotEqual(old.Name, restarts[^1].NewLeader);
        Assert.Equal(Lab.Members.Select(m => m.Name), restarts.Select(r => r.Member).Order());
        Assert.All(restarts, r => Assert.Equal((false, true), (r.IsRestartPending, r.IsStreaming)));
        foreach (var member in Lab.Members)
            Assert.Equal("123", await member.ScalarAsync<string>("SHOW max_connections"));
        Assert.Empty(session.Run<PatroniRestart>("Restart-PatroniMember * -PendingOnly -Confirm:$false"));
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task One_replica_is_restarted_alone_and_a_reload_restarts_nobody()
    {
        using var session = ModuleSession.Connect(Lab);
        var replica = Lab.Member(NoFailover);
        var before = await FingerprintsAsync();
        Assert.Equal(Lab.Members.Select(m => m.Name), session.Run<PatroniReload>("Invoke-PatroniReload -Confirm:$false").Select(r => r.Member));
        Assert.Equal(before, await FingerprintsAsync());

        var restart = session.One<PatroniRestart>($"Get-PatroniMember {replica.Name} | Restart-PatroniMember -Confirm:$false");
        Assert.Equal((replica.Name, true, null), (restart.Member, restart.IsStreaming, restart.NewLeader));
        var after = await FingerprintsAsync();
        Assert.Equal(Lab.Members.Select(m => m == replica), before.Zip(after).Select(pair => pair.First != pair.Second));
    }

    private async Task IsRefused(ModuleSession session, string script, string why)
    {
        var before = (await Lab.TheLeaderAsync(), string.Join(' ', await FingerprintsAsync()), (await Lab.ClusterAsync())["scheduled_switchover"]?.ToJsonString());
        var answer = session.Invoke($"{script} -Confirm:$false");
        Assert.Empty(answer.Objects);
        var (id, text) = answer.OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("nothing was changed", text, StringComparison.Ordinal);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Equal(before, (await Lab.TheLeaderAsync(), string.Join(' ', await FingerprintsAsync()), (await Lab.ClusterAsync())["scheduled_switchover"]?.ToJsonString()));
    }

    private async Task<string[]> FingerprintsAsync() => await Task.WhenAll(Lab.Members.Select(m => m.FingerprintAsync()));

    private static async Task<uint> TimelineAsync(LabMember leader) => Convert.ToUInt32((await leader.ScalarAsync<string>("SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"))!, 16);

    // GET /config is as old as the member's last look at the DCS; GET /cluster is one.
    private async Task<JsonObject> ConfigurationAsync()
    {
        var leader = await Lab.TheLeaderAsync();
        await leader.Rest.GetAsync("/cluster");
        return await leader.Rest.GetAsync("/config");
    }

    private async Task<IReadOnlyList<bool>> PausesAsync() =>
        [.. await Task.WhenAll(Lab.Members.Select(async m => (bool?)(await m.Rest.GetAsync("/patroni"))["pause"] ?? false))];
}

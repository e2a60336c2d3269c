using System.Text.Json.Nodes;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Steering;

namespace PatroniOps.LabTests;

/// <summary>The cmdlets that steer a cluster, each proven by what the lab itself sees.</summary>
public sealed class SteeringTests(SteeringTests.Fixture fixture) : IClassFixture<SteeringTests.Fixture>
{
    public sealed class Fixture() : LabFixture("steering", new LabOptions
    {
        Tags = new Dictionary<string, JsonObject> { ["bar-psqldb04"] = new() { ["nofailover"] = true } },
    });

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

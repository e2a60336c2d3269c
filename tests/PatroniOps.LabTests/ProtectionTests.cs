using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Protection;

namespace PatroniOps.LabTests;

/// <summary>Protect-PatroniMember over a real outage, and its end.</summary>
public sealed class ProtectionTests(ProtectionTests.Fixture fixture) : IClassFixture<ProtectionTests.Fixture>
{
    public sealed class Fixture() : LabFixture("protection", new LabOptions());

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_protected_member_streams_again_after_an_outage_beyond_ttl_and_wal_keep_size()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var member = Lab.Members.Last(m => m != leader);
        session.Run<object>($"Protect-PatroniMember {member.Name} -For 10m -WhatIf");
        Assert.Null(await PermanentAsync(leader));

        var answer = session.Invoke($"Protect-PatroniMember {member.Name} -For 10m -FreeDisk 20GB");
        Assert.Empty(answer.Errors);
        var done = Assert.Single(answer.All<PatroniProtection>());
        Assert.Equal((member.Name, member.SlotName, true), (done.Member, done.SlotName, done.IsProtected));
        Assert.NotEqual(false, done.IsGo);
        Assert.NotNull((await PermanentAsync(leader))![member.SlotName]);

        var needed = await member.NeededSegmentAsync();
        await member.StopAsync();
        await Eventually.ReadAsync(Patience, async () => (await Lab.ClusterAsync())["members"]!.AsArray().Any(m => (string?)m!["name"] == member.Name), listed => !listed);
        // Two loops of the leader in which Patroni would have dropped it, and more WAL than wal_keep_size and max_wal_size.
        for (var i = 0; i < 10; i++)
            await leader.ExecuteAsync($"INSERT INTO lab.canary (note) VALUES ('while away {i}'); SELECT pg_switch_wal()");
        await leader.ExecuteAsync("CHECKPOINT");
        await Task.Delay(2 * Lab.Options.LoopWait);
        await leader.ExecuteAsync("CHECKPOINT");
        Assert.True(await HasSlotAsync(leader, member));
        // Only the slot keeps so much: wal_keep_size is one segment.
        Assert.True(await leader.OldestSegmentAsync() <= needed && await CurrentSegmentAsync(leader) - needed > 8);
        var away = session.Wal(member.Name);
        // Unknown when it confirmed a little more between the last look and its end.
        Assert.True(away.IsAbsent && away.IsSlotProtecting != false);
        member.Start();
        Assert.Equal(WalAvailabilityStatus.Streaming, (await Eventually.Read(Patience, () => session.Wal(member.Name), wal => wal.Status == WalAvailabilityStatus.Streaming)).Status);

        await Eventually.ReadAsync(Patience, () => member.HasAsync("while away 9"), has => has);

        // Let go while it streams: the slot stays, as Patroni's own.
        var gone = session.One<PatroniProtection>($"Unprotect-PatroniMember {member.Name}");
        Assert.False(gone.IsProtected);
        Assert.Null(await PermanentAsync(leader));
        await Task.Delay(3 * Lab.Options.LoopWait);
        Assert.True(await leader.ScalarAsync<bool>($"SELECT active FROM pg_replication_slots WHERE slot_name = '{member.SlotName}'"));
        Assert.Equal("NotConfigured", session.Invoke($"Unprotect-PatroniMember {member.Name}").OnlyError().Id);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task No_go_changes_nothing_and_what_is_over_is_let_go()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var member = Lab.Members.First(m => m != leader);
        await IsNoGo(session, leader, leader.Name, "", "leads: switch over first");
        // More is kept than may be from the first moment on.
        await leader.ExecuteAsync("INSERT INTO lab.canary (note) SELECT repeat('x', 1000) FROM generate_series(1, 3000)");
        await Eventually.Read(Patience, () => session.Invoke($"Protect-PatroniMember {member.Name} -For 24h -MaximumBytes 1 -WhatIf"), a => a.Errors.Count == 1);
        await IsNoGo(session, leader, member.Name, "-MaximumBytes 1", "at 1 B it is let go");

        // A short time, on purpose: the next call about protections lets it go.
        session.Invoke($"Protect-PatroniMember {member.Name} -For 1s -Force");
        Assert.NotNull((await PermanentAsync(leader))![member.SlotName]);
        var ended = await Eventually.Read(Patience, () => session.Run<PatroniProtection>("Unprotect-PatroniMember -Expired"), all => all.Count > 0);
        Assert.Contains("its time was over", Assert.Single(ended).Reason, StringComparison.Ordinal);
        Assert.Null(await PermanentAsync(leader));
        Assert.Empty(session.Run<object>("Unprotect-PatroniMember -Expired"));

        // What somebody else made permanent is refused, and stays after a protection of ours.
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["slots"] = new JsonObject { [member.SlotName] = new JsonObject { ["type"] = "physical" } } });
        Assert.Equal("Refused", session.Invoke($"Unprotect-PatroniMember {member.Name}").OnlyError().Id);
        Assert.True(Assert.Single(session.Invoke($"Protect-PatroniMember {member.Name} -For 1h -Force").All<PatroniProtection>()).IsProtected);
        Assert.Contains("was permanent before", session.One<PatroniProtection>($"Unprotect-PatroniMember {member.Name}").Reason, StringComparison.Ordinal);
        Assert.NotNull((await PermanentAsync(leader))![member.SlotName]);
        session.Run<object>($"Unprotect-PatroniMember {member.Name} -Force");
        Assert.Null(await PermanentAsync(leader));
    }

    private static async Task IsNoGo(ModuleSession session, LabMember leader, string member, string more, string why)
    {
        var answer = session.Invoke($"Protect-PatroniMember {member} -For 24h {more}");
        var (id, text) = answer.OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Equal(((bool?)false, false), (Assert.Single(answer.All<PatroniProtection>()).IsGo, answer.All<PatroniProtection>()[0].IsProtected));
        Assert.Null(await PermanentAsync(leader));
    }

    private static async Task<JsonNode?> PermanentAsync(LabMember leader) => (await leader.Rest.GetAsync("/config"))["slots"];

    private static async Task<long> CurrentSegmentAsync(LabMember leader) =>
        (long)(await leader.ScalarAsync<decimal>("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn") / LabFacts.SegmentSize);

    private static Task<bool> HasSlotAsync(LabMember leader, LabMember member) =>
        leader.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{member.SlotName}')");
}

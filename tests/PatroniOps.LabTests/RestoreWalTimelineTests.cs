using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests;

/// <summary>Restore-ReplicaWal over two switches of the timeline that the member has not seen.</summary>
public sealed class RestoreWalTimelineTests(RestoreWalTimelineTests.Fixture fixture) : IClassFixture<RestoreWalTimelineTests.Fixture>
{
    public sealed class Fixture() : LabFixture("restore-wal-timeline", new LabOptions());

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    [Trait("Category", "Long")]
    public async Task WAL_of_three_timelines_is_brought_and_followed()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        var broken = await ScenarioCatalogue.Find("wal-on-another-member").BreakAsync(lab);
        var victim = lab.Member(broken.Member);
        var keeper = lab.Members.Single(m => m != leader && m != victim);
        await victim.StopAsync();
        await SwitchAsync(leader, keeper);
        // Full segments, with records over their borders.
        await keeper.ExecuteAsync("CREATE TABLE lab.bulk AS SELECT i, md5(i::text) AS text FROM generate_series(1, 300000) i");
        await SwitchAsync(keeper, leader);
        await ForgetAsync(leader, victim);
        victim.Start();
        await Eventually.ReadAsync(Patience, () => TryAsync(() => victim.ScalarAsync<bool>("SELECT pg_is_in_recovery()")), isUp => isUp);

        using var session = ModuleSession.Connect(lab);
        await Eventually.Read(Patience, () => session.Wal(victim.Name).Status, status => status == WalAvailabilityStatus.OnAnotherMember);
        await using var writer = RecyclingWriter.Start(leader, rowsPerSegment: 25);
        var result = session.One<ReplicaWalRestoreResult>($"Restore-ReplicaWal {victim.Name} -PatroniConfigPath '{victim.Addresses.PatroniConfig}' -Confirm:$false");
        await writer.StopAsync();

        Assert.Equal(3u, result.Timeline);
        Assert.Equal(["00000001", "00000002", "00000003"], result.Segments.Select(s => s[..8]).Distinct());
        Assert.Equal(result.Segments.Order(StringComparer.Ordinal), result.Segments);
        await Eventually.ReadAsync(Patience, () => writer.CountAsync(victim), count => count == writer.Committed);
        Assert.Equal(300000L, await victim.ScalarAsync<long>("SELECT count(*) FROM lab.bulk"));
        foreach (var history in new[] { "00000002.history", "00000003.history" })
            Assert.True(File.Exists(Path.Combine(victim.DataDirectory, "pg_wal", history)), history);
    }

    private static async Task SwitchAsync(LabMember from, LabMember to)
    {
        await from.Rest.SendAsync(HttpMethod.Post, "/switchover", new JsonObject { ["leader"] = from.Name, ["candidate"] = to.Name });
        await Eventually.ReadAsync(Patience, () => TryAsync(async () => await to.Rest.StatusAsync("/leader") == 200
            && await from.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')")), isDone => isDone);
    }

    // Until the leader has dropped the absent member's slot, and with it all but the newest timeline.
    private static async Task ForgetAsync(LabMember leader, LabMember victim)
    {
        await Eventually.ReadAsync(Patience, () => leader.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{victim.SlotName}')"), isThere => !isThere);
        await Eventually.ReadAsync(Patience, async () =>
        {
            await leader.ExecuteAsync("INSERT INTO lab.canary (note) VALUES ('fill')");
            await leader.ScalarAsync<object>("SELECT pg_switch_wal()");
            await leader.ExecuteAsync("CHECKPOINT");
            return await leader.ScalarAsync<long>("SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^0000000[12][0-9A-F]{16}$'");
        }, count => count == 0);
        for (var i = 0; i < 4; i++)
        {
            await leader.ExecuteAsync("INSERT INTO lab.canary (note) VALUES ('more')");
            await leader.ScalarAsync<object>("SELECT pg_switch_wal()");
            await leader.ExecuteAsync("CHECKPOINT");
        }
    }

    // Servers come and go meanwhile.
    private static async Task<bool> TryAsync(Func<Task<bool>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}

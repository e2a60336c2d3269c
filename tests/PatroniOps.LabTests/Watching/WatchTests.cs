using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Watching;

namespace PatroniOps.LabTests.Watching;

/// <summary>A cluster is watched while WAL that a replica needs goes, and comes back.</summary>
public sealed class WatchTests(WatchTests.Fixture fixture) : IClassFixture<WatchTests.Fixture>
{
    private const string WriteSegment = "INSERT INTO lab.canary (note) SELECT 'row ' || i FROM generate_series(1, 100) i; SELECT pg_switch_wal()";

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(15);

    public sealed class Fixture() : LabFixture("watch", new LabOptions());

    [Fact]
    public async Task WAL_that_a_replica_needs_and_that_goes_is_told_of_within_five_seconds()
    {
        var leader = await fixture.Lab.TheLeaderAsync();
        using var watcher = Watcher.Start(ModuleSession.Connect(fixture.Lab), "-Interval 2 -Settle 4");
        var began = await watcher.SeesAsync(TimeSpan.FromSeconds(20), e => e.Kind == ClusterEventKind.Began);
        Assert.Equal(Verdict.Healthy, began.Event.Verdict);

        var victim = fixture.Lab.Members.Last(m => m != leader);
        var goneAt = await LoseWalAsync(leader, victim);
        var told = await watcher.SeesAsync(TimeSpan.FromSeconds(30), e => e is { Id: "WalMissing", Kind: ClusterEventKind.Opened });
        Assert.Equal((victim.Name, FindingSeverity.Critical), (told.Event.Member, told.Event.Severity));
        Assert.True(told.HeardAt - goneAt < Promised, $"The WAL went at {goneAt:O}, and was told of at {told.HeardAt:O}.");

        // Patroni 3.0 remembers a slot that was dropped by hand, and never makes it again.
        await leader.ExecuteAsync($"SELECT pg_create_physical_replication_slot('{victim.SlotName}')");
        await ScenarioCatalogue.Find("wal-removed").HealAsync(fixture.Lab, new ScenarioResult(leader.Name, victim.Name, "Its WAL was removed."));
        var closed = await watcher.SeesAsync(LabFacts.HealthyAgain, e => e is { Id: "WalMissing", Kind: ClusterEventKind.Closed });
        Assert.Equal(told.Event.At, closed.Event.Since);
        await watcher.SeesAsync(LabFacts.HealthyAgain, e => e is { Id: null, Kind: ClusterEventKind.Improved, Verdict: Verdict.Healthy });
        Assert.Single(watcher.Events, e => e is { Id: "WalMissing", Kind: ClusterEventKind.Opened });
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Load_a_restart_and_a_switchover_raise_no_false_alarm()
    {
        await fixture.Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        using var watcher = Watcher.Start(ModuleSession.Connect(fixture.Lab), "-Interval 2 -Settle 4");
        await watcher.SeesAsync(TimeSpan.FromSeconds(20), e => e.Kind == ClusterEventKind.Began);
        var leader = await fixture.Lab.TheLeaderAsync();
        var replica = fixture.Lab.Members.First(m => m != leader);
        using (await PgBench.StartAsync(fixture.Lab, leader))
        {
            await Task.Delay(Busy);
            using var session = ModuleSession.Connect(fixture.Lab);
            session.Run<object>($"Restart-PatroniMember {replica.Name} -Confirm:$false");
            await Task.Delay(Busy);
            session.Run<object>($"Invoke-PatroniSwitchover -Candidate {replica.Name} -Confirm:$false");
        }
        using (await PgBench.StartAsync(fixture.Lab, replica))
            await Task.Delay(Busy);
        await fixture.Lab.WaitHealthyAsync(LabFacts.HealthyAgain);

        Assert.DoesNotContain(watcher.Events, e => e.Severity == FindingSeverity.Critical || e.Verdict >= Verdict.PseudoHealthy);
        await SettlesAsync(watcher);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task It_goes_on_through_a_failover_and_an_outage_of_the_DCS()
    {
        await fixture.Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        using var watcher = Watcher.Start(ModuleSession.Connect(fixture.Lab), "-Interval 2 -Settle 4");
        await watcher.SeesAsync(TimeSpan.FromSeconds(20), e => e.Kind == ClusterEventKind.Began);
        var leader = await fixture.Lab.TheLeaderAsync();
        await leader.KillAsync();
        await watcher.SeesAsync(LabFacts.HealthyAgain, e => e.Member == leader.Name && e.Id is "MemberDown" or "MemberAbsent");
        leader.Start();
        await fixture.Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await SettlesAsync(watcher);

        var before = watcher.Events.Count;
        Assert.True(fixture.Lab.SignalDcs(LabSignal.Stop));
        try
        {
            await Eventually.Read(LabFacts.HealthyAgain, () => watcher.Events.Skip(before).Count(e => e.Id is not null), told => told > 0);
        }
        finally
        {
            fixture.Lab.SignalDcs(LabSignal.Continue);
        }
        await fixture.Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await SettlesAsync(watcher);
    }

    // What has opened has closed, and the verdict is good again; that the leader changed three times within the hour stays true, whichever tests made it.
    private static async Task SettlesAsync(Watcher watcher)
    {
        const string Churn = "TimelineChurn";
        static List<ClusterEvent> StillOpen(Watcher watcher) => [.. watcher.Events.Where(e => e.Severity is > FindingSeverity.Info).GroupBy(e => (e.Id, e.Member)).Select(g => g.Last()).Where(e => e.Kind != ClusterEventKind.Closed)];
        await Eventually.Read(LabFacts.HealthyAgain, () => string.Join("; ", StillOpen(watcher).Where(e => e.Id != Churn)), open => open.Length == 0);
        Assert.Equal(StillOpen(watcher).Any(e => e.Id == Churn) ? Verdict.Degraded : Verdict.Healthy, watcher.Events.Last(e => e.Id is null).Verdict);
    }

    // A replica that runs is cut off for good; then the leader writes until it has removed the segment that the replica needs next.
    private async Task<DateTimeOffset> LoseWalAsync(LabMember leader, LabMember victim)
    {
        var replicator = fixture.Lab.Connection.Credentials.Replication.Username;
        await leader.ExecuteAsync($"ALTER ROLE {replicator} CONNECTION LIMIT 0");
        try
        {
            await Eventually.ReadAsync(TimeSpan.FromSeconds(20), () => DropSlotAsync(leader, victim), isGone => isGone);
            var needed = await NeededAsync(leader, victim);
            // Where the replica has all there is, the segment that it needs is still to be written.
            await leader.ExecuteAsync(WriteSegment);
            var gone = GoneAsync(leader, needed);
            while (!gone.IsCompleted)
                await leader.ExecuteAsync($"{WriteSegment}; CHECKPOINT");
            return await gone;
        }
        finally
        {
            await leader.ExecuteAsync($"ALTER ROLE {replicator} CONNECTION LIMIT -1");
        }
    }

    // Under the name that it has on the leader, whatever timeline that is on.
    private static async Task<string> NeededAsync(LabMember leader, LabMember victim)
    {
        var position = await victim.ScalarAsync<string>("SELECT greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::text");
        return (await leader.ScalarAsync<string>($"SELECT pg_walfile_name('{position}'::pg_lsn + 1)"))!;
    }

    private static async Task<bool> DropSlotAsync(LabMember leader, LabMember victim)
    {
        await leader.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_replication WHERE application_name = '{victim.Name}'");
        await leader.ExecuteAsync($"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{victim.SlotName}' AND NOT active");
        return !await leader.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{victim.SlotName}')");
    }

    // By the leader's own files, looked at all the time.
    private static async Task<DateTimeOffset> GoneAsync(LabMember leader, string segment)
    {
        var file = Path.Combine(leader.DataDirectory, "pg_wal", segment);
        while (File.Exists(file))
            await Task.Delay(20);
        return TimeProvider.System.GetUtcNow();
    }
}

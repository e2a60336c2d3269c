using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Slots;

namespace PatroniOps.LabTests;

/// <summary>Repair-PatroniSlot and Remove-PatroniSlot on slots that are really broken.</summary>
public sealed class SlotRepairTests(SlotRepairTests.Fixture fixture) : IClassFixture<SlotRepairTests.Fixture>
{
    private const string Orphan = "left_behind";

    public sealed class Fixture() : LabFixture("slots", new LabOptions { MaxSlotWalKeepSize = "32MB" });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_slot_that_was_dropped_by_hand_is_made_again_and_its_member_streams()
    {
        using var session = ModuleSession.Connect(Lab);
        // Within a loop or two of a change to its slots Patroni 3.0 reads them anew, and would make this one again by itself.
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await Task.Delay(3 * Lab.Options.LoopWait);
        var broken = await ScenarioCatalogue.Find("slot-dropped").BreakAsync(Lab);
        var (leader, victim) = (Lab.Member(broken.Leader), Lab.Member(broken.Member));
        var repair = $"Repair-PatroniSlot {victim.SlotName} -Member {victim.Name} -ReplicationCredential $replication";
        session.Run<object>($"{repair} -WhatIf");
        Assert.False(await HasSlotAsync(leader, victim.SlotName));

        // A role that may only look changes nothing, and says what it lacks.
        var (id, text) = session.Invoke($"Repair-PatroniSlot {victim.SlotName} -Confirm:$false").OnlyError();
        Assert.Equal("PermissionDenied", id);
        Assert.Contains("REPLICATION", text, StringComparison.Ordinal);

        var done = session.One<SlotRepair>($"{repair} -Confirm:$false");
        Assert.Equal((SlotRepairKind.Missing, SlotRepairAction.Create, (bool?)true, true, (bool?)true), (done.Kind, done.Action, done.DoesItHelp, done.IsDone, done.IsActive));
        Assert.Equal(1, await leader.ScalarAsync<long>($"SELECT count(*) FROM pg_replication_slots WHERE slot_name = '{victim.SlotName}' AND active AND restart_lsn IS NOT NULL"));
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        Assert.Empty(session.Run<object>("Repair-PatroniSlot -Confirm:$false"));
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task A_lost_slot_is_made_anew_and_what_it_cannot_bring_back_is_told()
    {
        using var session = ModuleSession.Connect(Lab);
        var broken = await ScenarioCatalogue.Find("slot-lost").BreakAsync(Lab);
        var (leader, victim) = (Lab.Member(broken.Leader), Lab.Member(broken.Member));
        await Eventually.Read(TimeSpan.FromSeconds(60), () => session.Wal(victim.Name), wal => wal.Status == WalAvailabilityStatus.Missing);

        var answer = session.Invoke($"Repair-PatroniSlot {victim.SlotName} -ReplicationCredential $replication -Confirm:$false");
        Assert.Empty(answer.Errors);
        var done = Assert.Single(answer.All<SlotRepair>());
        Assert.Equal((SlotRepairKind.Lost, SlotRepairAction.Recreate, (bool?)false, true), (done.Kind, done.Action, done.DoesItHelp, done.IsDone));
        Assert.StartsWith("Get-ReplicaRecoveryPlan", done.NextCommand, StringComparison.Ordinal);
        Assert.Contains(answer.Warnings, w => w.Contains($"does not help {victim.Name}", StringComparison.Ordinal) && w.Contains("Get-ReplicaRecoveryPlan", StringComparison.Ordinal));
        Assert.NotEqual("lost", await leader.ScalarAsync<string>($"SELECT wal_status FROM pg_replication_slots WHERE slot_name = '{victim.SlotName}'"));
        Assert.Equal(WalAvailabilityStatus.Missing, session.Wal(victim.Name).Status);

        // The rebuild that it names brings the member back, through the slot that was made.
        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), async () => (string?)(await victim.Rest.GetAsync("/patroni"))["state"], state => state is "running" or "streaming");
        session.Run<object>($"{done.NextCommand} {LabNode.Parameters(Lab, victim)} | Repair-PatroniReplica -SoakTime 1s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task An_orphan_is_shown_with_what_it_keeps_and_dropped_only_with_Force()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        await leader.ExecuteAsync($"SELECT pg_create_physical_replication_slot('{Orphan}', true); SELECT pg_switch_wal()");
        var (id, text) = session.Invoke($"Repair-PatroniSlot {Orphan} -ReplicationCredential $replication -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Matches(@"not dropped without -Force\. It keeps [0-9.]+ .?i?B of WAL from 0/[0-9A-F]+ on", text);
        Assert.True(await HasSlotAsync(leader, Orphan));

        var done = session.One<SlotRepair>($"Repair-PatroniSlot {Orphan} -Force -ReplicationCredential $replication -Confirm:$false");
        Assert.Equal((SlotRepairKind.Orphan, SlotRepairAction.Drop, true), (done.Kind, done.Action, done.IsDone));
        Assert.True(done.RetainedBytes > 0);
        Assert.False(await HasSlotAsync(leader, Orphan));
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task An_orphan_that_is_made_permanent_is_in_the_configuration_and_then_refused_to_be_removed()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        await leader.ExecuteAsync($"SELECT pg_create_physical_replication_slot('{Orphan}', true)");
        var done = session.One<SlotRepair>($"Repair-PatroniSlot {Orphan} -Permanent -Confirm:$false");
        Assert.Equal((SlotRepairAction.MakePermanent, true), (done.Action, done.IsDone));
        Assert.Equal("physical", (string?)(await leader.Rest.GetAsync("/config"))["slots"]![Orphan]!["type"]);

        var (id, text) = session.Invoke($"Remove-PatroniSlot {Orphan} -ReplicationCredential $replication -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("is permanent", text, StringComparison.Ordinal);
        session.Run<object>("Set-PatroniConfiguration @{ slots = $null }");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => leader.Rest.GetAsync("/config"), config => config["slots"] is null);
        // What Patroni no longer wants it drops itself.
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => HasSlotAsync(leader, Orphan), has => !has);
    }

    [Fact]
    public async Task A_slot_in_use_is_never_removed()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var other = Lab.Members.First(m => m != leader);
        var (id, text) = session.Invoke($"Remove-PatroniSlot {other.SlotName} -Force -ReplicationCredential $replication -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("in use", text, StringComparison.Ordinal);
        Assert.True(await HasSlotAsync(leader, other.SlotName));
    }

    private static Task<bool> HasSlotAsync(LabMember leader, string slot) =>
        leader.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{slot}')");
}

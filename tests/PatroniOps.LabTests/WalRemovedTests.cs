using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Observing;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests;

/// <summary>The seed incident from beginning to end.</summary>
public sealed class WalRemovedTests(WalRemovedTests.Fixture fixture) : IClassFixture<WalRemovedTests.Fixture>
{
    public sealed class Fixture() : LabFixture("wal-removed", new LabOptions());

    [Fact]
    public async Task Removed_wal_behind_a_running_member_is_found_proven_and_repaired()
    {
        var leader = await fixture.Lab.TheLeaderAsync();
        await leader.WriteAsync("before the incident");
        var broken = await ScenarioCatalogue.Find("wal-removed").BreakAsync(fixture.Lab);
        var victim = fixture.Lab.Member(broken.Member);
        using var session = ModuleSession.Connect(fixture.Lab);

        await PatroniCallsItHealthy(victim);
        await ItIsMissingWithinSeconds(session, leader, victim);
        await MembersAndSlotsShowIt(session, victim);
        TheProtocolProvesIt(session, victim);
        await WhatIfChangesNothing(session, victim);
        await ThePipelineRepairsIt(session, leader, victim);
    }

    private static async Task PatroniCallsItHealthy(LabMember victim)
    {
        Assert.Equal("running", (string?)(await victim.Rest.GetAsync("/patroni"))["state"]);
        Assert.Equal(200, await victim.Rest.StatusAsync("/health"));
        Assert.Equal(200, await victim.Rest.StatusAsync("/replica"));
    }

    private static async Task ItIsMissingWithinSeconds(ModuleSession session, LabMember leader, LabMember victim)
    {
        var needed = await victim.NeededSegmentAsync();
        var oldest = await leader.OldestSegmentAsync();

        var asked = TimeProvider.System.GetTimestamp();
        var results = session.Run<WalAvailability>("Test-WalAvailability");
        Assert.True(TimeProvider.System.GetElapsedTime(asked) < TimeSpan.FromSeconds(5));

        var missing = Assert.Single(results, r => r.Member == victim.Name);
        Assert.Equal(WalAvailabilityStatus.Missing, missing.Status);
        Assert.False(missing.IsAvailable);
        Assert.Equal(leader.Name, missing.Upstream);
        Assert.Equal(LabFacts.SegmentName(needed), missing.NeededSegment);
        Assert.Equal(LabFacts.SegmentName(needed), missing.FirstMissingSegment);
        Assert.Equal((oldest - needed) * LabFacts.SegmentSize, missing.MissingBytes);
        Assert.False(missing.IsSlotProtecting);
        Assert.Contains("Get-ReplicaRecoveryPlan", missing.NextCommand, StringComparison.Ordinal);
        Assert.All(results.Where(r => r != missing), r => Assert.Equal((WalAvailabilityStatus.Streaming, true), (r.Status, r.IsAvailable)));
        Assert.Equal(2, results.Count);
        Assert.False(session.One<bool>("Test-WalAvailability -Quiet"));
    }

    private static async Task MembersAndSlotsShowIt(ModuleSession session, LabMember victim)
    {
        var member = session.One<PatroniMember>($"Get-PatroniMember {victim.Name}");
        Assert.Equal(("running", ReplicationState.NotStreaming), (member.State, member.Replication));
        // Patroni makes the slot again within a loop_wait of the member's return.
        var slot = await Eventually.Read(TimeSpan.FromSeconds(20), () => session.One<PatroniSlot>($"Get-PatroniSlot -SlotName {victim.SlotName} | where ShouldBeActive"),
            read => read.Status != PatroniSlotStatus.Missing);
        Assert.Equal((PatroniSlotStatus.Inactive, Patroni.SlotReason.Member), (slot.Status, slot.ExpectedBecause));
        Assert.Equal(victim.Name, slot.ForMember);
    }

    private static void TheProtocolProvesIt(ModuleSession session, LabMember victim)
    {
        var proven = session.Run<WalAvailability>("Test-WalAvailability -Probe -ReplicationCredential $replication");
        Assert.Equal(WalProbeOutcome.Removed, Assert.Single(proven, r => r.Member == victim.Name).Probe?.Outcome);
        Assert.All(proven.Where(r => r.Member != victim.Name),
            r => Assert.True(r.Probe?.Outcome is WalProbeOutcome.AtTip or WalProbeOutcome.Served, r.Probe?.ToString()));

        var refused = session.One<WalAvailability>($"Test-WalAvailability {victim.Name} -Probe");
        Assert.Equal(WalProbeOutcome.Unknown, refused.Probe?.Outcome);
        Assert.Contains("REPLICATION attribute", refused.Probe?.Text, StringComparison.Ordinal);
        Assert.Equal(WalAvailabilityStatus.Missing, refused.Status);
    }

    private static async Task WhatIfChangesNothing(ModuleSession session, LabMember victim)
    {
        var before = await victim.FingerprintAsync();
        Assert.Empty(session.Run<object>("Test-WalAvailability | where Status -eq Missing | Invoke-ReplicaRebuild -WhatIf"));
        Assert.Equal(before, await victim.FingerprintAsync());
        Assert.Equal(WalAvailabilityStatus.Missing, session.Wal(victim.Name).Status);
    }

    private static async Task ThePipelineRepairsIt(ModuleSession session, LabMember leader, LabMember victim)
    {
        await leader.WriteAsync("during the incident");
        var rebuilt = session.One<ReplicaRebuildResult>("Test-WalAvailability | where Status -eq Missing | Invoke-ReplicaRebuild -Confirm:$false");
        Assert.Equal((victim.Name, victim.SlotName, false), (rebuilt.Member, rebuilt.SlotName, rebuilt.IsUndoable));

        var after = session.Run<WalAvailability>("Test-WalAvailability");
        Assert.All(after, r => Assert.Equal((WalAvailabilityStatus.Streaming, true), (r.Status, r.IsAvailable)));
        Assert.True(session.One<bool>("Test-WalAvailability -Quiet"));
        await leader.WriteAsync("after the incident");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(10), () => victim.HasAsync("after the incident"), isThere => isThere);
        Assert.True(await victim.HasAsync("before the incident"));
        Assert.True(await victim.HasAsync("during the incident"));
    }
}

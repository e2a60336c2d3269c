using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Observing;
using PatroniOps.Patroni;

namespace PatroniOps.LabTests;

/// <summary>Four members: one streams from another replica, and one replica keeps WAL that the leader has removed.</summary>
public sealed class CascadeTests(CascadeTests.Fixture fixture) : IClassFixture<CascadeTests.Fixture>
{
    private const string Source = "bar-psqldb03";
    private const string Cascading = "bar-psqldb05";

    public sealed class Fixture() : LabFixture("cascade", new LabOptions
    {
        Members = 4,
        Tags = new Dictionary<string, JsonObject> { [Cascading] = new() { ["replicatefrom"] = Source } },
    });

    [Fact]
    public void A_cascading_replica_is_judged_by_the_member_that_it_streams_from()
    {
        using var session = ModuleSession.Connect(fixture.Lab);
        var wal = session.One<WalAvailability>($"Test-WalAvailability {Cascading}");
        Assert.Equal((WalAvailabilityStatus.Streaming, Source, true), (wal.Status, wal.Upstream, wal.IsAvailable));
        var slot = session.One<PatroniSlot>("Get-PatroniSlot -SlotName bar_psqldb05 | where ShouldBeActive");
        Assert.Equal((Source, PatroniSlotStatus.Active, SlotReason.ReplicateFrom, Cascading), (slot.Member, slot.Status, slot.ExpectedBecause, slot.ForMember));
    }

    [Fact]
    public async Task Wal_that_only_another_replica_still_has_is_found_there()
    {
        var broken = await ScenarioCatalogue.Find("wal-on-another-member").BreakAsync(fixture.Lab);
        var victim = fixture.Lab.Member(broken.Member);
        using var session = ModuleSession.Connect(fixture.Lab);

        var wal = session.One<WalAvailability>($"Test-WalAvailability {victim.Name}");
        Assert.Equal((WalAvailabilityStatus.OnAnotherMember, false), (wal.Status, wal.IsAvailable));
        var needed = LabFacts.SegmentName(await victim.NeededSegmentAsync());
        Assert.Equal(needed, wal.FirstMissingSegment);
        Assert.Equal(needed, Assert.Single(wal.Sources, s => s.Name == Source).First);
        Assert.NotEqual(needed, Assert.Single(wal.Sources, s => s.Kind == WalSourceKind.Upstream).First);
        Assert.Contains(Source, wal.Reason, StringComparison.Ordinal);

        session.Run<object>($"Invoke-ReplicaRebuild {victim.Name} -Confirm:$false");
        Assert.True(session.IsWalAvailable());
    }
}

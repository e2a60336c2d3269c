using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Observing;

public sealed class SlotComparisonTests
{
    [Fact]
    public void A_wanted_slot_that_is_there_and_used_is_active() => Assert.Equal("b:Active c:Active", On("a", Cluster.Healthy()));

    [Fact]
    public void A_wanted_slot_that_is_not_there_is_missing() => Assert.Equal("b:Missing c:Active", On("a", Cluster.Healthy().With("a", m => m.Slots(Cluster.Slot("c")))));

    [Theory]
    [InlineData("lost", null, PatroniSlotStatus.Lost)]
    [InlineData("unreserved", null, PatroniSlotStatus.Unreserved)]
    [InlineData("extended", null, PatroniSlotStatus.Active)]
    [InlineData("reserved", "wal_removed", PatroniSlotStatus.Lost)]
    [InlineData(null, null, PatroniSlotStatus.Active)]
    public void The_state_of_its_WAL_comes_before_its_use(string? wal, string? invalidation, PatroniSlotStatus expected) =>
        Assert.Equal(expected, Slot("b", Cluster.Healthy().With("a", m => m.Slots(Cluster.Slot("b") with { WalStatus = wal, InvalidationReason = invalidation }))).Status);

    [Fact]
    public void A_slot_that_no_rule_wants_is_unexpected() => Assert.Equal(PatroniSlotStatus.Unexpected, Slot("stray", With(Cluster.Slot("stray"))).Status);

    [Theory]
    [InlineData("""{"ignore_slots": [{"name": "stray"}]}""", PatroniSlotStatus.Ignored)]
    [InlineData("""{"ignore_slots": [{"type": "physical"}]}""", PatroniSlotStatus.Ignored)]
    [InlineData("""{"ignore_slots": [{"name": "stray", "type": "logical"}]}""", PatroniSlotStatus.Unexpected)]
    [InlineData("""{"ignore_slots": [{"name": "other"}, {"name": "stray", "type": "physical"}]}""", PatroniSlotStatus.Ignored)]
    [InlineData("""{"ignore_slots": [{}]}""", PatroniSlotStatus.Unexpected)]
    [InlineData("""{"ignore_slots": [{"colour": "red"}]}""", PatroniSlotStatus.Unexpected)]
    public void Every_key_of_an_ignore_rule_must_match(string config, PatroniSlotStatus expected) => Assert.Equal(expected, Slot("stray", With(Cluster.Slot("stray"), config)).Status);

    [Fact]
    public void A_temporary_slot_is_neither_unexpected_nor_dropped() => Assert.Equal(PatroniSlotStatus.Temporary, Slot("stray", With(Cluster.Slot("stray") with { IsTemporary = true })).Status);

    [Fact]
    public void Slots_that_were_not_read_are_unknown_and_not_missing()
    {
        var slot = Slot("b", Cluster.Healthy().With("a", m => m.Sql(p => p with { Slots = Cluster.Unread<IReadOnlyList<SlotRow>>("permission denied") })));

        Assert.Equal((PatroniSlotStatus.Unknown, "permission denied"), (slot.Status, slot.Unknown));
    }

    [Fact]
    public void Where_Patronis_version_is_not_known_nothing_is_unexpected()
    {
        var snapshot = With(Cluster.Slot("stray")).With("a", m => m with { Patroni = Cluster.Unread<PatroniStatus>("refused") });

        Assert.Equal(PatroniSlotStatus.Active, Slot("stray", snapshot).Status);
        Assert.Equal("refused", Slot("stray", snapshot).Unknown);
    }

    [Fact]
    public void Where_the_configuration_is_not_known_nothing_is_unexpected_or_missing()
    {
        var snapshot = With(Cluster.Slot("stray")) with { Configuration = Cluster.Unread<DynamicConfiguration>("502") };

        Assert.DoesNotContain(SlotComparison.Compare(snapshot), s => s.Status is PatroniSlotStatus.Unexpected or PatroniSlotStatus.Missing);
        Assert.Equal("502", Slot("stray", snapshot).Unknown);
    }

    [Fact]
    public void Retained_bytes_run_to_the_nodes_position() => Assert.Equal(0x100, Slot("b", Cluster.Healthy().With("a", m => m.Slots(Cluster.Slot("b", "0/9000000")))).RetainedBytes);

    [Theory]
    [InlineData("3.0.2/A1-0-healthy", "bar_psqldb02", "bar_psqldb03:Active bar_psqldb04:Active")]
    [InlineData("3.0.2/A1-5-after-writes", "bar_psqldb02", "bar_psqldb03:Active bar_psqldb04:Inactive")]
    [InlineData("3.0.2/B-2-lost", "bar_psqldb02", "bar_psqldb03:Active bar_psqldb04:Lost")]
    [InlineData("3.0.2/G2-1-slot-dropped", "bar_psqldb02", "bar_psqldb03:Active bar_psqldb04:Missing")]
    [InlineData("4.1.4/01-healthy", "bar-psqldb02", "bar_psqldb03:Active bar_psqldb04:Active")]
    [InlineData("4.1.4/01-healthy", "bar-psqldb03", "bar_psqldb02:Inactive bar_psqldb04:Inactive")]
    [InlineData("4.1.4/03-broken", "bar-psqldb03", "")]
    public void Recorded_nodes_have_these(string capture, string node, string expected) => Assert.Equal(expected, On(node, EvidenceSnapshot.Load(capture)));

    [Fact]
    public void A_healthy_4_1_4_wants_no_inactive_slot_to_be_active() =>
        Assert.DoesNotContain(SlotComparison.Compare(EvidenceSnapshot.Load("4.1.4/01-healthy")), s => s.ShouldBeActive && s.Status != PatroniSlotStatus.Active);

    [Fact]
    public void Permanent_slots_and_the_ignored_one_are_told_apart_in_the_recording()
    {
        var slots = SlotComparison.Compare(EvidenceSnapshot.Load("4.1.4/07-permanent-slots")).Where(s => s.Member == "bar-psqldb02").ToList();

        Assert.All(slots.Where(s => s.SlotName is "backup_receivewal" or "cdc"), s => Assert.Equal(SlotReason.Permanent, s.ExpectedBecause));
        Assert.Equal(2, slots.Count(s => s.SlotName is "backup_receivewal" or "cdc"));
        Assert.DoesNotContain(slots, s => s.Status == PatroniSlotStatus.Missing);
    }

    private static ClusterSnapshot With(SlotRow slot, string config = "{}") => Cluster.Healthy(config).With("a", m => m.Slots(slot));

    private static PatroniSlot Slot(string name, ClusterSnapshot snapshot) => SlotComparison.Compare(snapshot).Single(s => s.Member == "a" && s.SlotName == name);

    private static string On(string node, ClusterSnapshot snapshot) =>
        string.Join(' ', SlotComparison.Compare(snapshot).Where(s => s.Member == node).Select(s => $"{s.SlotName}:{s.Status}"));
}

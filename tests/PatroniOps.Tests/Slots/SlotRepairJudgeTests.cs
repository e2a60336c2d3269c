using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Slots;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Slots;

public sealed class SlotRepairJudgeTests
{
    private static readonly SlotRow Foreign = Cluster.Slot("backup", "0/7000000") with { IsActive = false };

    [Fact]
    public void A_healthy_cluster_needs_no_repair() => Assert.Empty(SlotRepairJudge.Judge(Cluster.Healthy()));

    [Fact]
    public void A_missing_slot_is_created_and_helps_while_the_WAL_is_there()
    {
        var repair = Only(Stuck("0/9000000").With("a", m => m.Slots(Cluster.Slot("c"))));

        Assert.Equal((SlotRepairKind.Missing, SlotRepairAction.Create, "a", "b", "b", (bool?)true), (repair.Kind, repair.Action, repair.Member, repair.SlotName, repair.ForMember, repair.DoesItHelp));
        Assert.Equal("SELECT pg_create_physical_replication_slot('b', true)", repair.Command);
    }

    [Fact]
    public void It_does_not_help_when_the_WAL_is_gone_and_names_the_rebuild()
    {
        var repair = Only(Stuck("0/4000000").With("a", m => m.Slots(Cluster.Slot("c"))));

        Assert.Equal((SlotRepairAction.Create, (bool?)false), (repair.Action, repair.DoesItHelp));
        Assert.StartsWith("Get-ReplicaRecoveryPlan", repair.NextCommand, StringComparison.Ordinal);
        Assert.Contains("does not help b", repair.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_not_known_to_help_when_the_WAL_was_not_read() =>
        Assert.Null(Only(Stuck("0/4000000").With("a", m => m.Slots(Cluster.Slot("c")).Sql(p => p with { Wal = Cluster.Unread<WalListing>() }))).DoesItHelp);

    [Fact]
    public void None_is_made_when_none_is_free()
    {
        var repair = Only(Stuck("0/9000000").With("a", m => m.Slots(Cluster.Slot("c")).Settings(("max_replication_slots", "1"))));

        Assert.Equal((SlotRepairAction.None, (string?)null), (repair.Action, repair.Command));
        Assert.Contains("All 1 slots on a are in use", repair.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_slot_is_dropped_and_made_anew()
    {
        var repair = Only(Stuck("0/4000000").With("a", m => m.Slots(Cluster.Slot("c"), Cluster.Slot("b") with { IsActive = false, WalStatus = "lost", RestartLsn = null })));

        Assert.Equal((SlotRepairKind.Lost, SlotRepairAction.Recreate, (bool?)false), (repair.Kind, repair.Action, repair.DoesItHelp));
        Assert.Equal("SELECT pg_drop_replication_slot('b'); SELECT pg_create_physical_replication_slot('b', true)", repair.Command);
    }

    [Fact]
    public void An_orphan_tells_what_it_keeps_and_needs_Force()
    {
        var repair = Only(With(Foreign));

        Assert.Equal((SlotRepairKind.Orphan, SlotRepairAction.Drop, true, (long?)0x2000100), (repair.Kind, repair.Action, repair.NeedsForce, repair.RetainedBytes));
        Assert.Contains("32 MiB of WAL from 0/7000000 on", repair.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_orphan_is_made_permanent_under_the_key_that_is_in_use()
    {
        var snapshot = Cluster.Healthy("""{"permanent_slots": {"x": {"type": "physical"}}}""");
        snapshot = snapshot.With("a", m => m.Slots([.. m.Postgres.Slots.Value!, Cluster.Slot("x"), Foreign]));
        var repair = Assert.Single(SlotRepairJudge.Judge(snapshot, keepsOrphans: true));

        Assert.Equal((SlotRepairAction.MakePermanent, false, "permanent_slots.backup = physical"), (repair.Action, repair.NeedsForce, repair.Command));
    }

    [Fact]
    public void A_slot_of_a_member_on_a_node_that_does_not_serve_it_is_misplaced()
    {
        var repair = Only(Cluster.Healthy().With("b", m => m.Slots(Cluster.Slot("c", "0/7000000") with { IsActive = false })));

        Assert.Equal((SlotRepairKind.Misplaced, "b", "c", true), (repair.Kind, repair.Member, repair.ForMember, repair.NeedsForce));
    }

    [Fact]
    public void What_is_in_use_ignored_temporary_or_of_an_absent_member_is_left_alone()
    {
        Assert.Empty(SlotRepairJudge.Judge(With(Foreign with { IsActive = true })));
        Assert.Empty(SlotRepairJudge.Judge(With(Foreign with { IsActive = null })));
        Assert.Empty(SlotRepairJudge.Judge(With(Foreign with { IsTemporary = true })));
        var ignoring = Cluster.Healthy("""{"ignore_slots": [{"name": "backup"}]}""");
        Assert.Empty(SlotRepairJudge.Judge(ignoring.With("a", m => m.Slots([.. m.Postgres.Slots.Value!, Foreign]))));
        Assert.Empty(SlotRepairJudge.Judge(Cluster.Healthy()
            .With("b", m => m with { IsAbsent = true, Listed = null })
            .With("a", m => m.Slots(Cluster.Slot("c"), Cluster.Slot("b") with { IsActive = false }))));
    }

    [Fact]
    public void Slots_that_were_not_read_are_not_missing() =>
        Assert.Empty(SlotRepairJudge.Judge(Cluster.Healthy().With("a", m => m.Sql(p => p with { Slots = Cluster.Unread<IReadOnlyList<SlotRow>>() }))));

    [Fact]
    public void Without_the_rules_nothing_is_an_orphan() =>
        Assert.Empty(SlotRepairJudge.Judge(With(Foreign) with { Configuration = Cluster.Unread<DynamicConfiguration>() }));

    [Theory]
    [InlineData("b", null, "in use")]
    [InlineData("nobody", null, "has no slot nobody")]
    [InlineData("backup", "z", "has no member z")]
    public void What_cannot_be_removed_is_refused_also_with_Force(string slot, string? member, string text) =>
        Assert.Contains(text, Assert.Throws<PatroniOpsException>(() => SlotRemoval.Plan(slot, member, With(Foreign), isForced: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_Patroni_wants_is_removed_only_with_Force()
    {
        var idle = Stuck("0/9000000").With("a", m => m.Slots(Cluster.Slot("c"), Cluster.Slot("b") with { IsActive = false }));
        Assert.Contains("wanted by Patroni (Member, for b)", Assert.Throws<PatroniOpsException>(() => SlotRemoval.Plan("b", null, idle, isForced: false)).Message, StringComparison.Ordinal);
        Assert.Equal(SlotRepairAction.Drop, SlotRemoval.Plan("b", null, idle, isForced: true).Action);
        var permanent = Cluster.Healthy("""{"slots": {"backup": null}}""").With("a", m => m.Slots([.. m.Postgres.Slots.Value!, Foreign]));
        Assert.Contains("is permanent", Assert.Throws<PatroniOpsException>(() => SlotRemoval.Plan("backup", null, permanent, isForced: false)).Message, StringComparison.Ordinal);
        Assert.Equal("SELECT pg_drop_replication_slot('backup')", SlotRemoval.Plan("backup", null, With(Foreign), isForced: false).Command);
    }

    private static ClusterSnapshot With(SlotRow slot) => Cluster.Healthy().With("a", m => m.Slots([.. m.Postgres.Slots.Value!, slot]));

    private static ClusterSnapshot Stuck(string position) => Cluster.Healthy().Stuck("b", position);

    private static SlotRepair Only(ClusterSnapshot snapshot) => Assert.Single(SlotRepairJudge.Judge(snapshot));
}

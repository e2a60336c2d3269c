using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Planning;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Recovery.Planning;

public sealed class RecoveryPlannerTests
{
    // The methods by their number: y possible, n not possible, ? not known. Undoable are Wait to BaseBackup.
    [Theory]
    [InlineData("ynnnyyyy", RecoveryMethod.Wait)]
    [InlineData("nynnyyyy", RecoveryMethod.RecreateSlot)]
    [InlineData("nnnyyyyy", RecoveryMethod.RestoreWal)]
    [InlineData("nnnnyyyy", RecoveryMethod.BaseBackup)]
    [InlineData("nnnnnyyy", RecoveryMethod.Rewind)]
    [InlineData("nnnnnnyy", RecoveryMethod.DeltaRestore)]
    [InlineData("nnnnnnny", RecoveryMethod.Reinitialize)]
    [InlineData("nnnn?yyy", null)]
    [InlineData("nnn?nnny", null)]
    [InlineData("nnnnnnnn", null)]
    [InlineData("????????", null)]
    [InlineData("?nnnyyyy", null)]
    [InlineData("?nnyyyyy", null)]
    [InlineData("?ynnyyyy", RecoveryMethod.RecreateSlot)]
    [InlineData("nnn?yyyy", RecoveryMethod.BaseBackup)]
    public void The_cheapest_that_can_be_undone_comes_first_and_what_cannot_only_when_nothing_else_can(string feasible, RecoveryMethod? expected) =>
        Assert.Equal(expected, RecoveryPlanner.Choose([.. Options(feasible)]).Choice?.Method);

    [Fact]
    public void A_decision_of_a_person_is_never_taken() =>
        Assert.Equal(RecoveryMethod.BaseBackup, RecoveryPlanner.Choose([.. Options("nnynynnn")]).Choice?.Method);

    [Fact]
    public void A_recorded_cluster_is_planned_without_its_nodes()
    {
        var plan = RecoveryPlanReader.Read(Cluster.Healthy().Stuck("b", "0/4000110"), "b");

        Assert.Equal(WalAvailabilityStatus.Missing, plan.Status);
        Assert.Equal(Enum.GetValues<RecoveryMethod>(), plan.Options.Select(o => o.Method));
        Assert.Null(plan.Options.Single(o => o.Method == RecoveryMethod.BaseBackup).IsFeasible);
        Assert.Null(plan.Choice);
        Assert.False(plan.IsSoleCopy);
    }

    [Fact]
    public void The_only_good_copy_is_saved_first()
    {
        var plan = RecoveryPlanReader.Read(Cluster.Healthy().Stuck("b", "0/4000110").Stuck("c", "0/4000110"), "b");

        Assert.True(plan.IsSoleCopy);
        Assert.Contains("backup elsewhere first", plan.First, StringComparison.Ordinal);
    }

    [Fact]
    public void What_streams_needs_no_repair() => Assert.Equal(RecoveryMethod.Wait, RecoveryPlanReader.Read(Cluster.Healthy(), "b").Choice);

    [Theory]
    [InlineData("a", FailureKind.Refused)]
    [InlineData("nobody", FailureKind.NotConfigured)]
    public void The_leader_and_an_unknown_member_are_refused(string member, FailureKind kind) =>
        Assert.Equal(kind, Assert.Throws<PatroniOpsException>(() => RecoveryPlanReader.Read(Cluster.Healthy(), member)).Kind);

    private static IEnumerable<RecoveryOption> Options(string feasible) => Enum.GetValues<RecoveryMethod>().Select(method => new RecoveryOption
    {
        Method = method,
        IsFeasible = feasible[(int)method] switch { 'y' => true, 'n' => false, _ => null },
        IsUndoable = method <= RecoveryMethod.BaseBackup,
        IsAutomatic = method != RecoveryMethod.FixRestoreCommand,
        Reason = "for this test",
        Risk = "none",
    });
}

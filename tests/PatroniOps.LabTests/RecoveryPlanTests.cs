using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery.Planning;

namespace PatroniOps.LabTests;

/// <summary>The cheapest safe way back is chosen, and carried out.</summary>
public sealed class RecoveryPlanTests(RecoveryPlanTests.Fixture fixture) : IClassFixture<RecoveryPlanTests.Fixture>
{
    public sealed class Fixture() : LabFixture("recovery-plan", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_dropped_slot_is_made_again()
    {
        var broken = await ScenarioCatalogue.Find("slot-dropped").BreakAsync(Lab);
        var victim = Lab.Member(broken.Member);
        using var session = ModuleSession.Connect(Lab);
        // For two loop_waits Patroni may still make it.
        var plan = await Eventually.Read(TimeSpan.FromSeconds(60), () => session.One<ReplicaRecoveryPlan>($"Get-ReplicaRecoveryPlan {victim.Name} {LabNode.Parameters(Lab, victim)}"),
            read => read.Choice != RecoveryMethod.Wait);
        Assert.True(plan is { Choice: RecoveryMethod.RecreateSlot, IsUndoable: true, IsSoleCopy: false }, string.Join(Environment.NewLine, plan.Options.Select(o => o.ToString()).Prepend(plan.Reason)));
        Assert.Equal(Enum.GetValues<RecoveryMethod>(), plan.Options.Select(o => o.Method));
        Assert.All(plan.Options, o => Assert.NotEmpty(o.Reason));
        Assert.False(plan.Options.Single(o => o.Method == RecoveryMethod.Rewind).IsFeasible);

        var repaired = session.One<ReplicaRepairResult>($"Get-ReplicaRecoveryPlan {victim.Name} | Repair-PatroniReplica {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal(RecoveryMethod.RecreateSlot, repaired.Method);
        Assert.True(session.IsWalAvailable());
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task Removed_wal_means_a_copy_that_can_be_undone_and_without_the_node_nothing_is_chosen()
    {
        var broken = await ScenarioCatalogue.Find("wal-removed").BreakAsync(Lab);
        var victim = Lab.Member(broken.Member);
        await using var writer = Writer.Start(Lab);
        using var session = ModuleSession.Connect(Lab);

        // Patroni's own way needs no node: from elsewhere it stays possible, and says what was not read. A node that was named must be read.
        var blind = session.One<ReplicaRecoveryPlan>($"Get-ReplicaRecoveryPlan {victim.Name}");
        Assert.Null(blind.Choice);
        Assert.Contains("-Method Reinitialize", blind.ChoiceReason, StringComparison.Ordinal);
        Assert.Contains(blind.Options, o => o is { Method: RecoveryMethod.Reinitialize, IsFeasible: true } && o.Reason.Contains("not known", StringComparison.Ordinal));
        var named = session.One<ReplicaRecoveryPlan>($"Get-ReplicaRecoveryPlan {victim.Name} -PatroniConfigPath /nowhere/patroni.yml");
        Assert.Contains(named.Options, o => o is { Method: RecoveryMethod.Reinitialize, IsFeasible: null });
        var (id, text) = session.Invoke($"Repair-PatroniReplica {victim.Name} -PatroniConfigPath /nowhere/patroni.yml -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains("nothing was changed", text, StringComparison.Ordinal);

        var repaired = session.One<ReplicaRepairResult>(
            $"Test-WalAvailability | where IsAvailable -eq $false | Get-ReplicaRecoveryPlan {LabNode.Parameters(Lab, victim)} | Repair-PatroniReplica -SoakTime 2s {LabNode.Parameters(Lab, victim)} -Confirm:$false");
        Assert.Equal((victim.Name, RecoveryMethod.BaseBackup, true), (repaired.Member, repaired.Method, repaired.IsUndoable));
        Assert.NotNull(repaired.JournalId);
        await writer.AllRowsAreOnAsync(await Lab.TheLeaderAsync(), victim);

        // A rate has been measured now.
        var next = session.One<ReplicaRecoveryPlan>($"Get-ReplicaRecoveryPlan {victim.Name} {LabNode.Parameters(Lab, victim)}");
        Assert.NotNull(next.Options.Single(o => o.Method == RecoveryMethod.BaseBackup).EstimatedTime);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }
}
